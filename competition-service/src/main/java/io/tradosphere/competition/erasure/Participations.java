package io.tradosphere.competition.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.UUID;

/** Takes a person out of the competitions they take part in. */
final class Participations {

    private static final int TRADES_AT_ONCE = 1_500;
    private static final int PARTICIPATIONS_AT_ONCE = 100;

    /** Each participation's trades go with it; those of a busy trader are too many for one transaction. */
    static final Part TRADES = Part.ofWhatMayGrow("""
            DELETE FROM scored_trades WHERE (competition_id, trade_id) IN (
              SELECT competition_id, trade_id FROM scored_trades WHERE user_id = $1 AND incarnation <= $2 LIMIT $3)
            """, TRADES_AT_ONCE);

    /** The lock on the participant keeps new trades of theirs out. */
    private static final String LOCK = """
            SELECT p.id FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.user_id = $1 AND p.incarnation <= $2 AND (c.status IN ('upcoming', 'active')) = $4
            ORDER BY c.id LIMIT $3 FOR NO KEY UPDATE OF c FOR UPDATE OF p
            """;

    private static final String FORGET_TRADES = """
            DELETE FROM scored_trades t USING competition_participants p
            WHERE t.competition_id = p.competition_id AND t.user_id = p.user_id AND p.id = ANY($1::uuid[])
            """;
    private static final String LEAVE = """
            WITH gone AS (
              DELETE FROM competition_participants WHERE id = ANY($1::uuid[])
              RETURNING id, competition_id, user_id, incarnation, status
            ), stale AS (
              INSERT INTO rankings AS known (competition_id, stale_since)
              SELECT DISTINCT competition_id, now() FROM gone ORDER BY competition_id
              ON CONFLICT (competition_id) DO UPDATE SET stale_since = coalesce(known.stale_since, EXCLUDED.stale_since)
            )
            SELECT id, competition_id, user_id, incarnation, now() AS withdrew_at FROM gone
            WHERE status IN ('active', 'eliminated')
            """;
    private static final String ANONYMISE = """
            UPDATE competition_participants SET user_id = NULL,
              disqualification_reason = CASE WHEN disqualification_reason IS NOT NULL THEN 'departed' END
            WHERE id = ANY($1::uuid[])
            """;

    static final Part UNDECIDED =
            some(true, (tx, ids) -> tx.execute(LEAVE, (Object) ids).chain(rows -> withdraw(tx, rows)));
    static final Part DECIDED =
            some(false, (tx, ids) -> tx.execute(ANONYMISE, (Object) ids).replaceWithVoid());

    private Participations() {}

    private static Part some(boolean undecided, Leaving leaving) {
        return (tx, person, incarnation) -> tx.execute(LOCK, person, incarnation, PARTICIPATIONS_AT_ONCE, undecided)
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")).toArray(UUID[]::new))
                .chain(ids -> ids.length == 0
                        ? Uni.createFrom().item(false)
                        : tx.execute(FORGET_TRADES, (Object) ids)
                                .chain(() -> leaving.leave(tx, ids))
                                .replaceWith(true));
    }

    private static Uni<Void> withdraw(Tx tx, RowSet<Row> gone) {
        List<ParticipantWithdrew> withdrawals = Rows.list(
                gone,
                row -> new ParticipantWithdrew(
                        row.getUUID("competition_id"),
                        row.getUUID("id"),
                        row.getUUID("user_id"),
                        row.getLong("incarnation"),
                        Rows.instant(row, "withdrew_at")));
        return tx.publish(withdrawals);
    }

    private interface Leaving {
        Uni<Void> leave(Tx tx, UUID[] participants);
    }
}
