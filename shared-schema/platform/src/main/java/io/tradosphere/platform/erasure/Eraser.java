package io.tradosphere.platform.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Erases a person from this slice: the service's own tables, then the platform's. Idempotent. */
@ApplicationScoped
public class Eraser {

    /**
     * Other people's rows may mention the person too. A row whose key does is deleted. Of the others only the response is, so that a
     * repeated request still changes nothing. Rows are locked in key order, so that two erasures cannot deadlock.
     */
    private static final String ERASE_IDEMPOTENCY_KEYS = """
            WITH mentioning AS (
              SELECT caller_id, method, path, key, caller_id = $1 OR position($2 IN lower(path || ' ' || key)) > 0 AS by_key
              FROM idempotency_keys
              WHERE caller_id = $1 OR position($2 IN lower(concat_ws(' ', path, key, location, etag, body))) > 0
              ORDER BY caller_id, method, path, key FOR UPDATE),
            blanked AS (
              UPDATE idempotency_keys stored SET body = NULL, location = NULL, etag = NULL FROM mentioning m
              WHERE NOT m.by_key
                AND (stored.caller_id, stored.method, stored.path, stored.key) = (m.caller_id, m.method, m.path, m.key))
            DELETE FROM idempotency_keys stored USING mentioning m
            WHERE m.by_key AND (stored.caller_id, stored.method, stored.path, stored.key) = (m.caller_id, m.method, m.path, m.key)
            """;

    private static final String ERASE_DEAD_LETTERS = """
            WITH mentioning AS (
              SELECT topic, consumer_group, partition, record_offset FROM dead_letters WHERE mentions @> ARRAY[$1::uuid]
              ORDER BY topic, consumer_group, partition, record_offset FOR UPDATE),
            erased_letters AS (
              DELETE FROM dead_letters l USING mentioning m
              WHERE (l.topic, l.consumer_group, l.partition, l.record_offset) = (m.topic, m.consumer_group, m.partition, m.record_offset)
              RETURNING l.topic || '.' || l.consumer_group || '.dlq' AS dlq_topic, l.letter_key)
            INSERT INTO outbox (topic, key, subject) SELECT dlq_topic, letter_key, letter_key FROM erased_letters
            """;
    private static final String DELETE_PARKED_EVENTS =
            "DELETE FROM outbox_parked WHERE position($1 IN concat_ws(' ', key, subject, payload)) > 0";
    private static final String RECORD_ERASURE = """
            INSERT INTO erased_profiles AS recorded (pseudonym, incarnation, sequence) VALUES (auth.pseudonym($1), $2, $3)
            ON CONFLICT (pseudonym) DO UPDATE SET
              incarnation = greatest(recorded.incarnation, EXCLUDED.incarnation),
              sequence = greatest(recorded.sequence, EXCLUDED.sequence),
              erased_at = now()
            WHERE recorded.incarnation < EXCLUDED.incarnation OR recorded.sequence < EXCLUDED.sequence
            """;

    private final SliceDatabase slice;
    private final BatchedErasure ownTables;

    Eraser(SliceDatabase slice, BatchedErasure ownTables) {
        this.slice = slice;
        this.ownTables = ownTables;
    }

    /**
     * Deletes the person's rows from the service's own tables, batch by batch. The erasure is recorded first, so events applied
     * meanwhile create no new rows.
     *
     * @param incarnation the last incarnation to erase; data of later ones stays
     */
    public Uni<Void> eraseOwnTables(UUID person, long incarnation) {
        return slice.asWorker(RECORD_ERASURE, person, incarnation, 0L)
                .chain(() -> slice.asWorkerInBatches(tx -> ownTables.eraseBatch(tx, person, incarnation)));
    }

    /**
     * Erases the person from the platform's tables, and records the erasure under a pseudonym. Each person has a transaction of
     * their own, so erasures need no order among people. Within it the profile replica's row is locked first.
     *
     * @param sequence the sequence of the profile event that caused it; 0 when another event did
     */
    public Uni<Void> eraseCommonTables(Tx tx, UUID person, long incarnation, long sequence) {
        return tx.execute(RECORD_ERASURE, person, incarnation, sequence)
                .chain(() -> tx.execute(ERASE_IDEMPOTENCY_KEYS, person, person.toString()))
                .chain(() -> tx.execute(ERASE_DEAD_LETTERS, person))
                .chain(() -> tx.execute(DELETE_PARKED_EVENTS, person.toString()))
                .replaceWithVoid();
    }
}
