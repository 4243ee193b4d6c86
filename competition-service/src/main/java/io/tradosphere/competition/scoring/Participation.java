package io.tradosphere.competition.scoring;

import io.tradosphere.competition.rules.Rules;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Somebody's part in a competition that is still to be decided, and what counts there.
 *
 * @param id the participant
 * @param incarnation which life of the person's id takes part
 * @param joinedAt since when; of whoever came back, since then
 */
record Participation(
        UUID id,
        UUID competition,
        UUID trader,
        long incarnation,
        Instant joinedAt,
        Instant startsAt,
        Instant endsAt,
        Rules rules) {

    /** The columns, of {@code competition_participants p} and {@code competitions c}. */
    static final String COLUMNS =
            "p.id, p.competition_id, p.user_id, p.incarnation, p.joined_at, c.starts_at, c.ends_at, c.rules::text AS rules";

    static Participation of(Row row) {
        return new Participation(
                row.getUUID("id"),
                row.getUUID("competition_id"),
                row.getUUID("user_id"),
                row.getLong("incarnation"),
                Rows.instant(row, "joined_at"),
                Rows.instant(row, "starts_at"),
                Rows.instant(row, "ends_at"),
                Rules.parse(row.getString("rules")));
    }

    /**
     * Whether a change of a trade is of this competition's time: what is told once it has ended comes too late, and what was told
     * before it began, or before the person joined, cannot be of a trade that counts.
     *
     * @param toldAt when TradoSphere learned of the change
     */
    boolean spans(Instant toldAt) {
        return toldAt.isAfter(joinedAt) && !toldAt.isBefore(startsAt) && !toldAt.isAfter(endsAt);
    }

    /** Whether the trade counts: opened and closed within the competition, closed after joining, reported soon after that. */
    boolean counts(TradeState trade) {
        Instant closedAt = trade.closedAt();
        return closedAt != null
                && trade.netPnl() != null
                && !trade.openedAt().isBefore(startsAt)
                && !closedAt.isBefore(trade.openedAt())
                && !closedAt.isAfter(endsAt)
                && closedAt.isAfter(joinedAt)
                && Duration.between(closedAt, trade.reportedAt()).compareTo(rules.maxReportDelay()) <= 0
                && rules.counts(trade.assetType().name().toLowerCase(Locale.ROOT));
    }
}
