package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody was excluded from a competition.
 *
 * @param competitionId the competition
 * @param participantId the participation
 * @param profileId the person
 * @param incarnation the incarnation of that person's id
 * @param disqualifiedAt when it happened
 */
public record ParticipantDisqualified(
        UUID competitionId, UUID participantId, UUID profileId, long incarnation, Instant disqualifiedAt)
        implements CompetitionParticipantEvent {
    @Override
    public EventType type() {
        return EventType.COMPETITION_DISQUALIFIED;
    }
}
