package io.tradosphere.competition.participation;

import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody's part in a competition as the API shows it to whoever changed it.
 *
 * @param clanId the clan competed for; null without one
 * @param status {@code active}, {@code eliminated}, {@code disqualified} or {@code withdrawn}
 * @param disqualificationReason why the person was excluded; null unless they are
 * @param joinedAt since when trades count
 */
record ParticipantView(
        UUID participantId,
        UUID competitionId,
        UUID profileId,
        UUID clanId,
        String status,
        String disqualificationReason,
        Instant joinedAt) {

    static ParticipantView of(Row row) {
        return new ParticipantView(
                row.getUUID("id"),
                row.getUUID("competition_id"),
                row.getUUID("user_id"),
                row.getUUID("clan_id"),
                row.getString("status"),
                row.getString("disqualification_reason"),
                Rows.instant(row, "joined_at"));
    }
}
