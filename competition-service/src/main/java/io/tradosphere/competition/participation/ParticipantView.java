package io.tradosphere.competition.participation;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The JSON representation of a participant, returned to the caller who changed it.
 *
 * @param participantId the id of the participation
 * @param competitionId the id of the competition
 * @param profileId the profile that participates
 * @param clanId the clan competed for; null without one
 * @param status {@code active}, {@code eliminated}, {@code disqualified} or {@code withdrawn}
 * @param disqualificationReason null unless disqualified
 * @param joinedAt start of the participation; later trades count
 */
@Schema(name = "Participant")
record ParticipantView(
        UUID participantId,
        UUID competitionId,
        UUID profileId,
        @Nullable UUID clanId,

        @Schema(enumeration = {"active", "eliminated", "disqualified", "withdrawn"})
        String status,

        @Nullable String disqualificationReason,
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
