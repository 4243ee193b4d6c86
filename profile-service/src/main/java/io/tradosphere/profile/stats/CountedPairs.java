package io.tradosphere.profile.stats;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.ReplicaCopy;
import io.tradosphere.platform.reconciliation.ReplicaRepair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A replica of pairs of profiles that moves a counter of the second profile, such as follows and {@code follower_count}. It
 * runs one UPDATE per profile and batch, so many pairs of one profile lock its row once.
 *
 * <p>The topics are compacted and outlive any inbox, so events are not counted. Each event is applied to the last known state
 * of its pair, and the difference is counted. A repeated, late or replayed event makes no difference.
 */
final class CountedPairs {

    private static final SqlFile SQL = SqlFile.of(CountedPairs.class);

    private static final int ERASED_AT_ONCE = 2_000;

    /**
     * An event about an erased profile ends the pair. It inserts no row, because the erasure has already uncounted
     * the profile's pairs.
     *
     * <p>The profiles are locked against erasure until the commit, so an erasure finds every row it has to delete.
     * Only the present incarnation of the second profile is counted. Rows are locked in key order, so two replicas
     * cannot deadlock.
     */
    @IncompleteSql
    private static final String COUNT = SQL.get("count");

    @IncompleteSql
    private static final String ERASE = SQL.get("erase");

    @IncompleteSql
    private static final String COMPARE_COUNT = """
            SELECT s.profile_id AS id, jsonb_build_object(':counter', count(e.:one_id)) AS expected,
              jsonb_build_object(':counter', s.:counter) AS actual
            FROM profile_stats s LEFT JOIN :table e
              ON e.:other_id = s.profile_id AND e.:other_incarnation = s.incarnation AND e.active
            WHERE {s.profile_id} GROUP BY s.profile_id
            """;

    @IncompleteSql
    private static final String RECOUNT = """
            UPDATE profile_stats s SET updated_at = now(), :counter = (
              SELECT count(*) FROM :table e
              WHERE e.:other_id = s.profile_id AND e.:other_incarnation = s.incarnation AND e.active)
            WHERE {s.profile_id}
            """;

    @IncompleteSql
    private static final String ROWS = """
            SELECT concat(:one_id, ':', :other_id) AS key,
              jsonb_build_object(':one_incarnation', :one_incarnation, ':other_incarnation', :other_incarnation) AS state,
              sequence::text AS mark, sequence
            FROM :table WHERE active AND {:one_id}
            """;

    @IncompleteSql
    private static final String FORGET = """
            UPDATE :table SET sequence = 0
            WHERE (:one_id, :other_id) IN (
              SELECT split_part(key, ':', 1)::uuid, split_part(key, ':', 2)::uuid FROM unnest($1::text[]) AS key)
            """;

    @IncompleteSql
    private static final String DELETE_ENDED =
            "DELETE FROM :table WHERE NOT active AND updated_at < now() - make_interval(days => $1)";

    private final String table;
    private final String one;
    private final String other;
    private final String counter;
    private final String applyEvents;
    private final String erasePairs;
    private final String compareCount;
    private final String recount;
    private final String rows;
    private final String forget;
    private final String deleteEnded;

    /**
     * A table of pairs.
     *
     * @param table its name
     * @param one the first profile's name in its columns, such as {@code follower}
     * @param other the second profile's name in its columns, such as {@code following}
     * @param counter the column of {@code profile_stats}
     * @param isRanked whether profiles are ranked by the counter
     */
    CountedPairs(String table, String one, String other, String counter, boolean isRanked) {
        this.table = table;
        this.one = one;
        this.other = other;
        this.counter = counter;
        UnaryOperator<String> completed = template -> template.replace(":table", table)
                .replace(":one_", one + "_")
                .replace(":other_", other + "_")
                .replace(":counter", counter)
                .replace(":is_ranked", String.valueOf(isRanked));
        this.applyEvents = completed.apply(COUNT);
        this.erasePairs = completed.apply(ERASE);
        this.compareCount = completed.apply(COMPARE_COUNT);
        this.recount = completed.apply(RECOUNT);
        this.rows = completed.apply(ROWS);
        this.forget = completed.apply(FORGET);
        this.deleteEnded = completed.apply(DELETE_ENDED);
    }

    /**
     * Applies the latest event of each pair.
     *
     * @param active whether the pair counts after its event
     * @return the profiles whose counter changed
     */
    Uni<UUID[]> apply(
            Tx tx,
            UUID[] ones,
            UUID[] others,
            Long[] oneIncarnations,
            Long[] otherIncarnations,
            Boolean[] active,
            Long[] sequences) {
        return tx.execute(applyEvents, ones, others, oneIncarnations, otherIncarnations, active, sequences)
                .map(changed -> Rows.list(changed, row -> row.getUUID(0)).toArray(UUID[]::new));
    }

    /** The erasure of a person's pairs, which decrements the counters of the others. */
    ErasureStep erasure() {
        return ErasureStep.by((tx, person, incarnation) -> tx.execute(erasePairs, person, incarnation, ERASED_AT_ONCE)
                        .map(deleted -> deleted.iterator().next().getLong("deleted") >= ERASED_AT_ONCE))
                .covering(table + "." + one + "_id", table + "." + other + "_id");
    }

    /** The SQL that deletes pairs which ended {@code $1} days ago. */
    String deleteEnded() {
        return deleteEnded;
    }

    /**
     * The reconciliation of the counter with the pairs.
     *
     * @param repairs statements after the recount
     */
    DerivedValue count(List<String> repairs) {
        List<String> all = new ArrayList<>(List.of(recount));
        all.addAll(repairs);
        return DerivedValue.ofTransaction(
                "profile_stats." + counter,
                Set.of("profile_stats." + counter),
                compareCount,
                List.of(FollowerReconciliation.LOCK_STATS),
                all);
    }

    /** The reconciliation of the pairs with the slice that owns them. */
    ReplicaCopy copy(String source, String dataset, Topic topic, String purpose) {
        return new ReplicaCopy(
                table,
                Set.of(
                        table + "." + one + "_incarnation",
                        table + "." + other + "_incarnation",
                        table + ".active",
                        table + ".sequence"),
                source,
                dataset,
                topic,
                purpose,
                rows,
                new ReplicaRepair.Republish(forget));
    }
}
