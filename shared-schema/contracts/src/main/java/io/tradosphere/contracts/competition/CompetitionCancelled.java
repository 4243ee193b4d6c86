package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A competition was called off before it started.
 *
 * @param competitionId the competition
 * @param name what the competition is called
 * @param creatorId who holds the competition; null when that person was erased
 * @param creatorIncarnation the incarnation of that person's id; null when that person was erased
 * @param cancelledAt when it was called off
 */
public record CompetitionCancelled(
        UUID competitionId,
        String name,
        @Nullable UUID creatorId,
        @Nullable Long creatorIncarnation,
        Instant cancelledAt)
        implements CompetitionEvent {
    @Override
    public EventType type() {
        return EventType.COMPETITION_CANCELLED;
    }
}
