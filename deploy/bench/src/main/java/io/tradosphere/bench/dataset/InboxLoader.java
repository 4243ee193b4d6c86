package io.tradosphere.bench.dataset;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Two inboxes, in the suite and in the seed schema: of 40 messages with 20 people, and of 40,000 with 1,000 people. Every
 * second message is unread.
 */
public final class InboxLoader {

    /** Messages of the little inbox. */
    public static final int LITTLE = 40;

    /** Messages of the large inbox. */
    public static final int MUCH = 40_000;

    private static final int MAX_PEERS = 1_000;

    /** Arguments: the person, the number of messages, the peer of message i. */
    private static final String MESSAGES = """
            CREATE TEMPORARY TABLE inbox ON COMMIT DROP AS
            SELECT i, %1$s AS person, peer, md5(%1$s || ' ' || peer)::uuid AS conversation,
              TIMESTAMPTZ '2026-06-01 00:00:00+00' + i * INTERVAL '1 second' AS sent_at
            FROM generate_series(0, %2$d - 1) AS g(i) CROSS JOIN LATERAL (SELECT %3$s AS peer) AS p;
            """;

    private static final String SUITE = """
            INSERT INTO messaging.conversations (id, low_id, high_id, last_message_id, last_sent_at, low_unread, high_unread)
              SELECT conversation, least(person, peer), greatest(person, peer), conversation, max(sent_at),
                CASE WHEN person < peer THEN count(*) FILTER (WHERE i %% 2 = 0) ELSE 0 END,
                CASE WHEN person > peer THEN count(*) FILTER (WHERE i %% 2 = 0) ELSE 0 END
              FROM inbox GROUP BY conversation, person, peer;
            INSERT INTO messaging.messages (conversation_id, sender_id, recipient_id, content, read_at, sent_at, sender_change,
                recipient_change)
              SELECT conversation, peer, person, 'Message ' || i, CASE WHEN i %% 2 = 1 THEN sent_at END, sent_at, i, i FROM inbox;
            UPDATE messaging.conversations c SET last_message_id = m.id
              FROM messaging.messages m WHERE m.conversation_id = c.id AND m.sent_at = c.last_sent_at;
            """;

    private static final String SEED = """
            INSERT INTO messages (sender_id, recipient_id, content, read_at, sent_at)
              SELECT peer, person, 'Message ' || i, CASE WHEN i %% 2 = 1 THEN sent_at END, sent_at FROM inbox;
            """;

    private InboxLoader() {}

    /** The person with the little inbox. */
    public static int little(Dataset dataset) {
        return dataset.size().streams();
    }

    /** The person with the large inbox. */
    public static int much(Dataset dataset) {
        return dataset.size().streams() + 1;
    }

    /** Loads both inboxes into the suite. */
    public static void loadSuite(Dataset dataset, Connection database) throws SQLException {
        load(dataset, database, SUITE);
    }

    /** Loads both inboxes into the seed schema. */
    public static void loadSeed(Dataset dataset, Connection database) throws SQLException {
        load(dataset, database, SEED);
    }

    private static void load(Dataset dataset, Connection database, String insert) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute(inbox(dataset, little(dataset), LITTLE, insert));
            statement.execute(inbox(dataset, much(dataset), MUCH, insert));
            statement.execute("RESET session_replication_role");
            statement.execute("VACUUM (ANALYZE)");
        }
    }

    private static String inbox(Dataset dataset, int person, int messages, String insert) {
        int first = much(dataset) + 1;
        String peer = Dataset.idInSql(first + " + i % " + Math.min(MAX_PEERS, messages / 2));
        return "BEGIN;" + MESSAGES.formatted("'" + dataset.id(person) + "'::uuid", messages, peer) + insert.formatted()
                + "COMMIT";
    }
}
