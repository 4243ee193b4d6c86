package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A competition began. The participants topic has who takes part.
 *
 * @param competitionId the competition
 * @param name what the competition is called
 * @param creatorId who holds the competition; null when that person was erased
 * @param creatorIncarnation the incarnation of that person's id; null when that person was erased
 * @param participantCount how many take part at the start
 * @param endsAt when it will end
 * @param startedAt when it started
 */
public record CompetitionStarted(
        UUID competitionId,
        String name,
        @Nullable UUID creatorId,
        @Nullable Long creatorIncarnation,
        int participantCount,
        Instant endsAt,
        Instant startedAt)
        implements CompetitionEvent {
    @Override
    public EventType type() {
        return EventType.COMPETITION_STARTED;
    }
}
