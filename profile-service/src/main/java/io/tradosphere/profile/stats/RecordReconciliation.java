package io.tradosphere.profile.stats;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.reconciliation.ReplicaCopy;
import io.tradosphere.platform.reconciliation.ReplicaRepair;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * The reconciliations of creators' signal records: posted and cancelled signals and the outcomes with signal-service, and the counts
 * of hits, misses and streaks with the outcomes.
 */
@ApplicationScoped
class RecordReconciliation implements Reconciled {

    private static final SqlFile SQL = SqlFile.of(RecordReconciliation.class);

    /** A profile without signals has no row here, as in the source. Outcomes without counters are surplus rows. */
    private static final String RECORDS = SQL.get("records");

    /** Each miss begins a new run. A run is as long as it has hits, and the streak is that of the last run. */
    private static final String COUNTED = SQL.get("counted");

    private static final String RECOUNT = """
            UPDATE profile_stats s SET
              incarnation = (c.expected ->> 'incarnation')::bigint, hit_signals = (c.expected ->> 'hit_signals')::bigint,
              miss_signals = (c.expected ->> 'miss_signals')::bigint, verified_hits = (c.expected ->> 'verified_hits')::bigint,
              win_streak = (c.expected ->> 'win_streak')::bigint, max_win_streak = (c.expected ->> 'max_win_streak')::bigint,
              updated_at = now()
            FROM (%s) AS c WHERE c.id = s.profile_id
            """.formatted(COUNTED);

    /** The records of {@link ReplicaRepair.Apply}. */
    private static final String CORRECT = """
            SELECT split_part(correct.key, ':', 1)::uuid AS creator_id, split_part(correct.key, ':', 2)::bigint AS incarnation,
              correct.state::jsonb AS state
            FROM unnest($1::text[], $2::text[]) AS correct(key, state)
            """;

    /** As the consumer does: profiles before counters, both in the order of their ids. */
    private static final String LOCK_PROFILES = """
            SELECT FROM profiles WHERE id IN (SELECT creator_id FROM (%s) AS record) ORDER BY id FOR KEY SHARE
            """.formatted(CORRECT);

    private static final String LOCK_RECORDS = """
            SELECT FROM profile_stats WHERE profile_id IN (SELECT creator_id FROM (%s) AS record)
            ORDER BY profile_id FOR UPDATE
            """.formatted(CORRECT);
    private static final String DELETE_OUTCOMES = """
            DELETE FROM signal_outcomes o USING (%s) AS record
            WHERE o.creator_id = record.creator_id AND o.incarnation = record.incarnation
            """.formatted(CORRECT);
    private static final String INSERT_OUTCOMES = """
            INSERT INTO signal_outcomes (creator_id, incarnation, resolved_at, signal_id, hit, verified)
            SELECT record.creator_id, record.incarnation,
              to_timestamp(0) + (outcome.value ->> 0)::bigint * interval '1 microsecond', outcome.key::uuid,
              (outcome.value ->> 1)::boolean, (outcome.value ->> 2)::boolean
            FROM (%s) AS record JOIN profile_stats s ON s.profile_id = record.creator_id AND s.incarnation = record.incarnation
            CROSS JOIN LATERAL jsonb_each(record.state -> 'outcomes') AS outcome
            """.formatted(CORRECT);
    private static final String SET_TOTALS = """
            UPDATE profile_stats s SET updated_at = now(),
              total_signals = coalesce((record.state ->> 'total_signals')::bigint, 0),
              cancelled_signals = coalesce((record.state ->> 'cancelled_signals')::bigint, 0)
            FROM (%s) AS record WHERE s.profile_id = record.creator_id AND s.incarnation = record.incarnation
            """.formatted(CORRECT);

    private static final String OF_RECORDS = " IN (SELECT creator_id FROM (" + CORRECT + ") AS record)";
    private static final String RECOUNT_RECORDS = RECOUNT.replace("{o.creator_id}", "o.creator_id" + OF_RECORDS)
            .replace("{s.profile_id}", "s.profile_id" + OF_RECORDS);
    private static final String SEARCH_ACHIEVEMENTS =
            FollowerReconciliation.SEARCH_ACHIEVEMENTS + " WHERE $1::text[] IS NOT NULL AND $2::text[] IS NOT NULL";

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                DerivedValue.ofTransaction(
                        "profile_stats.hit_signals, miss_signals, verified_hits, (max_)win_streak, incarnation",
                        Set.of(
                                "profile_stats.incarnation",
                                "profile_stats.hit_signals",
                                "profile_stats.miss_signals",
                                "profile_stats.verified_hits",
                                "profile_stats.win_streak",
                                "profile_stats.max_win_streak"),
                        COUNTED,
                        List.of(FollowerReconciliation.LOCK_STATS),
                        List.of(RECOUNT, FollowerReconciliation.SEARCH_ACHIEVEMENTS)),
                new ReplicaCopy(
                        "profile_stats.total_signals, cancelled_signals, signal_outcomes",
                        Set.of(
                                "profile_stats.total_signals",
                                "profile_stats.cancelled_signals",
                                "signal_outcomes.creator_id",
                                "signal_outcomes.incarnation",
                                "signal_outcomes.resolved_at",
                                "signal_outcomes.signal_id",
                                "signal_outcomes.hit",
                                "signal_outcomes.verified"),
                        "signal",
                        "signal-records",
                        Topic.SIGNALS,
                        SignalRecords.PURPOSE,
                        RECORDS,
                        new ReplicaRepair.Apply(List.of(
                                LOCK_PROFILES,
                                LOCK_RECORDS,
                                DELETE_OUTCOMES,
                                INSERT_OUTCOMES,
                                SET_TOTALS,
                                RECOUNT_RECORDS,
                                SEARCH_ACHIEVEMENTS))));
    }
}
