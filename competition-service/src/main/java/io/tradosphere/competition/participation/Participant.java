package io.tradosphere.competition.participation;

import io.tradosphere.contracts.competition.ParticipantDisqualified;
import io.tradosphere.contracts.competition.ParticipantJoined;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A participant, as read in the current transaction.
 *
 * @param incarnation incarnation of the participant's profile
 * @param now the transaction's time
 */
record Participant(ParticipantView view, long incarnation, Instant now) {

    static final String COLUMNS = """
            id, competition_id, user_id, incarnation, clan_id, status, disqualification_reason, joined_at, now() AS now
            """;

    static Participant of(Row row) {
        return new Participant(ParticipantView.of(row), row.getLong("incarnation"), Rows.instant(row, "now"));
    }

    boolean is(String status) {
        return view.status().equals(status);
    }

    /** Whether the participant competes for that clan; null matches no clan. */
    boolean isFor(UUID clan) {
        return view.clanId() == null ? clan == null : view.clanId().equals(clan);
    }

    ParticipantJoined joined() {
        return new ParticipantJoined(
                view.competitionId(),
                view.participantId(),
                view.profileId(),
                incarnation,
                view.clanId(),
                view.joinedAt());
    }

    ParticipantWithdrew withdrew() {
        return new ParticipantWithdrew(view.competitionId(), view.participantId(), view.profileId(), incarnation, now);
    }

    ParticipantDisqualified disqualified() {
        return new ParticipantDisqualified(
                view.competitionId(), view.participantId(), view.profileId(), incarnation, now);
    }
}
