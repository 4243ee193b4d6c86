package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The rows of a source or replica by key: digests over ranges, and the rows of some ranges or keys. A range is the first three hex
 * digits of the key's MD5, so that keys that begin with a time spread too.
 *
 * @param sql returns {@code key}, {@code state}, {@code mark}, and for a replica {@code sequence}
 * @param isReplica whether rows with a sequence that the source has not reached are marked as such
 */
record RowSets(String sql, boolean isReplica) {

    private static final String RANGE = "left(md5(key), 3)";

    /** Fifteen hex digits, so that the sum of a range's digests cannot overflow a numeric's exactness or a bigint's sign. */
    @IncompleteSql
    private static final String DIGESTS = "SELECT " + RANGE + """
             AS range, count(*) AS rows, sum(('x' || left(md5(key || ' ' || state), 15))::bit(60)::bigint)::text AS digest
            FROM (%s) AS stated GROUP BY 1
            """;

    /** A sequence beyond the source's makes the replica ignore events, so it is part of the state. */
    @IncompleteSql
    private static final String OF_REPLICA = """
            SELECT key, (state || CASE WHEN sequence > $1 THEN jsonb_build_object('sequence', 'ahead of its source') ELSE '{}' END)::text AS state, mark
            FROM (%s) AS replica
            """;

    @IncompleteSql
    private static final String OF_SOURCE = "SELECT key, state::text AS state, mark FROM (%s) AS source";

    private static final String LAST_SEQUENCE =
            "SELECT coalesce(pg_sequence_last_value('outbox_sequence'), 0) AS sequence";

    /** Runs one statement, alone or in a transaction. */
    interface Executor {
        Uni<RowSet<Row>> execute(String sql, Object... arguments);
    }

    /**
     * Digests of all rows.
     *
     * @param ranges the row count and digest of each range, as text
     */
    record Digests(long sequence, long rows, Map<String, String> ranges) {}

    /** The last number of this slice's outbox sequence. */
    static Uni<Long> lastSequence(Executor database) {
        return database.execute(LAST_SEQUENCE)
                .map(rows -> rows.iterator().next().getLong("sequence"));
    }

    Uni<Digests> digests(SliceDatabase slice, long sequence) {
        String statement = DIGESTS.formatted(stated(new SqlTemplate(sql).unrestricted()));
        return (isReplica ? slice.asWorker(statement, sequence) : slice.asWorker(statement)).map(found -> {
            long all = 0;
            Map<String, String> ranges = new HashMap<>();
            for (Row row : found) {
                all += row.getLong("rows");
                ranges.put(row.getString("range"), row.getLong("rows") + ":" + row.getString("digest"));
            }
            return new Digests(sequence, all, ranges);
        });
    }

    Uni<List<KeyedRow>> ofRanges(Executor database, long sequence, List<String> ranges) {
        String statement = stated(new SqlTemplate(sql).unrestricted()) + " WHERE " + RANGE + " = ANY ($" + parameter(1)
                + "::text[])";
        return rows(database, statement, sequence, (Object) ranges.toArray(String[]::new));
    }

    Uni<List<KeyedRow>> ofKeys(Executor database, long sequence, List<String> keys) {
        SqlTemplate template = new SqlTemplate(sql);
        String statement =
                stated(template.restricted(parameter(2))) + " WHERE key = ANY ($" + parameter(1) + "::text[])";
        Object texts = keys.toArray(String[]::new);
        return template.isRestrictable()
                ? rows(database, statement, sequence, texts, first(keys))
                : rows(database, statement, sequence, texts);
    }

    /** The UUIDs with which keys begin. */
    static UUID[] first(List<String> keys) {
        return keys.stream()
                .map(key -> UUID.fromString(key.split(":", 2)[0]))
                .distinct()
                .toArray(UUID[]::new);
    }

    /** The ranges that differ. */
    static List<String> differing(Map<String, String> one, Map<String, String> other) {
        Set<String> ranges = new TreeSet<>(one.keySet());
        ranges.addAll(other.keySet());
        ranges.removeIf(range -> Objects.equals(one.get(range), other.get(range)));
        return List.copyOf(ranges);
    }

    private String stated(String rows) {
        return (isReplica ? OF_REPLICA : OF_SOURCE).formatted(rows);
    }

    /** The source's last sequence is a replica's first parameter. */
    private int parameter(int number) {
        return isReplica ? number + 1 : number;
    }

    private Uni<List<KeyedRow>> rows(Executor database, String statement, long sequence, Object... arguments) {
        List<Object> all = new ArrayList<>();
        if (isReplica) {
            all.add(sequence);
        }
        all.addAll(List.of(arguments));
        return database.execute(statement, all.toArray())
                .map(found -> Rows.list(
                        found,
                        row -> new KeyedRow(row.getString("key"), row.getString("state"), row.getString("mark"))));
    }
}
