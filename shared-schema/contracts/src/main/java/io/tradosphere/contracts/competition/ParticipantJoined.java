package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody joined a competition.
 *
 * @param competitionId the competition
 * @param participantId the participation
 * @param profileId the person
 * @param incarnation the incarnation of that person's id
 * @param clanId the clan competed for; null without one
 * @param joinedAt when it happened
 */
public record ParticipantJoined(
        UUID competitionId,
        UUID participantId,
        UUID profileId,
        long incarnation,
        @Nullable UUID clanId,
        Instant joinedAt)
        implements CompetitionParticipantEvent {
    @Override
    public EventType type() {
        return EventType.COMPETITION_JOINED;
    }
}
