package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The erasure of participations. In competitions that are not over the person is removed. In finished ones the
 * person's row is anonymised.
 */
@ApplicationScoped
class ParticipationErasure implements FeatureErasure {

    private static final int TRADE_BATCH_SIZE = 1_500;
    private static final int PARTICIPATION_BATCH_SIZE = 100;

    /** Deletes the trades first and in batches. A busy trader may have too many for one transaction. */
    private static final ErasureStep TRADES =
            ErasureStep.ofWhatMayGrow("""
            DELETE FROM scored_trades WHERE (competition_id, trade_id) IN (
              SELECT competition_id, trade_id FROM scored_trades WHERE user_id = $1 AND incarnation <= $2 LIMIT $3)
            """, TRADE_BATCH_SIZE).covering("scored_trades.user_id");

    /** The row lock on the participant keeps the consumer from adding trades. */
    private static final String LOCK = """
            SELECT p.id FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.user_id = $1 AND p.incarnation <= $2 AND (c.status IN ('upcoming', 'active')) = $4
            ORDER BY c.id LIMIT $3 FOR NO KEY UPDATE OF c FOR UPDATE OF p
            """;

    private static final String DELETE_TRADES = """
            DELETE FROM scored_trades t USING competition_participants p
            WHERE t.competition_id = p.competition_id AND t.user_id = p.user_id AND p.id = ANY($1::uuid[])
            """;
    private static final String DELETE_PARTICIPATIONS = """
            WITH deleted AS (
              DELETE FROM competition_participants WHERE id = ANY($1::uuid[])
              RETURNING id, competition_id, user_id, incarnation, status
            ), stale AS (
              INSERT INTO rankings AS stored (competition_id, stale_since)
              SELECT DISTINCT competition_id, now() FROM deleted ORDER BY competition_id
              ON CONFLICT (competition_id) DO UPDATE SET stale_since = coalesce(stored.stale_since, EXCLUDED.stale_since)
            )
            SELECT id, competition_id, user_id, incarnation, now() AS withdrew_at FROM deleted
            WHERE status IN ('active', 'eliminated')
            """;
    private static final String ANONYMISE = """
            UPDATE competition_participants SET user_id = NULL,
              disqualification_reason = CASE WHEN disqualification_reason IS NOT NULL THEN 'erased' END
            WHERE id = ANY($1::uuid[])
            """;

    private static final ErasureStep UNFINISHED = step(
            true,
            (tx, ids) -> tx.execute(DELETE_PARTICIPATIONS, (Object) ids).chain(rows -> publishWithdrawals(tx, rows)));
    private static final ErasureStep FINISHED =
            step(false, (tx, ids) -> tx.execute(ANONYMISE, (Object) ids).replaceWithVoid());

    @Override
    public int order() {
        return 1;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(TRADES, UNFINISHED, FINISHED);
    }

    private static ErasureStep step(boolean unfinished, ParticipationChange change) {
        return ErasureStep.by((tx, person, incarnation) -> tx.execute(
                                LOCK, person, incarnation, PARTICIPATION_BATCH_SIZE, unfinished)
                        .map(rows -> Rows.list(rows, row -> row.getUUID("id")).toArray(UUID[]::new))
                        .chain(ids -> ids.length == 0
                                ? Uni.createFrom().item(false)
                                : tx.execute(DELETE_TRADES, (Object) ids)
                                        .chain(() -> change.apply(tx, ids))
                                        .replaceWith(true)))
                .covering("competition_participants.user_id");
    }

    private static Uni<Void> publishWithdrawals(Tx tx, RowSet<Row> deleted) {
        List<ParticipantWithdrew> withdrawals = Rows.list(
                deleted,
                row -> new ParticipantWithdrew(
                        row.getUUID("competition_id"),
                        row.getUUID("id"),
                        row.getUUID("user_id"),
                        row.getLong("incarnation"),
                        Rows.instant(row, "withdrew_at")));
        return tx.publish(withdrawals);
    }

    private interface ParticipationChange {
        Uni<Void> apply(Tx tx, UUID[] participants);
    }
}
