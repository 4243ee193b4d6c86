package io.tradosphere.competition.scoring;

import io.tradosphere.competition.rules.Rules;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A participation in an unfinished competition, with the conditions under which trades count.
 *
 * @param id the participant
 * @param incarnation incarnation of the participant's profile
 * @param joinedAt time of joining, or of rejoining
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

    /** The selected columns, for the aliases {@code competition_participants p} and {@code competitions c}. */
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
     * Whether a change of a trade was recorded within the participation. Changes after the end are too late. Changes before the
     * start or the join cannot concern a counted trade.
     *
     * @param recordedAt when TradoSphere recorded the change
     */
    boolean covers(Instant recordedAt) {
        return recordedAt.isAfter(joinedAt) && !recordedAt.isBefore(startsAt) && !recordedAt.isAfter(endsAt);
    }

    /**
     * Whether the trade counts. It must open and close within the competition, close after the join, and be reported within the
     * maximum delay. A trade whose close lies in the future does not count.
     *
     * @param recordedAt when TradoSphere recorded this state
     */
    boolean counts(TradeState trade, Instant recordedAt) {
        Instant closedAt = trade.closedAt();
        return closedAt != null
                && trade.netPnl() != null
                && !trade.openedAt().isBefore(startsAt)
                && !closedAt.isBefore(trade.openedAt())
                && !closedAt.isAfter(endsAt)
                && closedAt.isAfter(joinedAt)
                && !closedAt.isAfter(recordedAt)
                && Duration.between(closedAt, trade.reportedAt()).compareTo(rules.maxReportDelay()) <= 0
                && rules.counts(EnumText.of(trade.assetType()));
    }
}
