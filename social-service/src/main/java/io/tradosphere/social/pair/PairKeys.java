package io.tradosphere.social.pair;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;

/** Pairs of profiles by the key of their events, for a repeated publication. */
public final class PairKeys {

    private static final String PAIRS = """
            SELECT key, split_part(key, ':', 1)::uuid AS one, split_part(key, ':', 2)::uuid AS other FROM unnest($1::text[]) AS key
            """;

    /** In one order whichever direction a pair has, as in every transaction. A concurrent start of a pair waits for the lock. */
    private static final String LOCK = """
            SELECT lock_pair(one, other)
            FROM (SELECT * FROM (%s) AS pair ORDER BY least(one, other), greatest(one, other)) AS pair
            """.formatted(PAIRS);

    /** A separate statement, so that it sees what was committed before the locks. */
    @IncompleteSql
    private static final String LOCK_ROWS = """
            SELECT FROM %1$s WHERE (%2$s_id, %3$s_id) IN (SELECT one, other FROM (%4$s) AS pair)
            ORDER BY %2$s_id, %3$s_id FOR UPDATE
            """;

    /** A pair without a row gets the incarnations of the present profiles, or 0. */
    @IncompleteSql
    private static final String STATE = """
            SELECT pair.key, pair.one, pair.other, stored.%2$s_id IS NOT NULL AS exists, coalesce(stored.created_at, now()) AS since,
              coalesce(stored.%2$s_incarnation, one.incarnation, 0) AS one_incarnation,
              coalesce(stored.%3$s_incarnation, other.incarnation, 0) AS other_incarnation
            FROM (%4$s) AS pair
              LEFT JOIN %1$s stored ON stored.%2$s_id = pair.one AND stored.%3$s_id = pair.other
              LEFT JOIN profiles one ON one.id = pair.one LEFT JOIN profiles other ON other.id = pair.other
            ORDER BY pair.key
            """;

    private final String lockRows;
    private final String state;

    /**
     * The pairs of a table.
     *
     * @param table the table of the pairs
     * @param one the stem of the columns of the first profile, such as {@code follower}
     * @param other the stem of those of the second
     */
    public PairKeys(String table, String one, String other) {
        this.lockRows = LOCK_ROWS.formatted(table, one, other, PAIRS);
        this.state = STATE.formatted(table, one, other, PAIRS);
    }

    /**
     * Locks pairs and returns their state: {@code key}, {@code one}, {@code other}, {@code exists}, {@code since} and the two
     * incarnations.
     */
    public Uni<RowSet<Row>> lockAndRead(Tx tx, List<String> keys) {
        Object pairs = keys.toArray(String[]::new);
        return tx.execute(LOCK, pairs).chain(() -> tx.execute(lockRows, pairs)).chain(() -> tx.execute(state, pairs));
    }

    /** Publishes a tombstone for each pair that does not exist. */
    public static Uni<Void> buryAbsent(Tx tx, Topic topic, RowSet<Row> pairs) {
        List<String> absent = Rows.list(pairs, row -> row).stream()
                .filter(row -> !row.getBoolean("exists"))
                .map(row -> row.getString("key"))
                .toList();
        return Multi.createFrom()
                .iterable(absent)
                .onItem()
                .transformToUniAndConcatenate(key -> tx.tombstone(topic, key))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
