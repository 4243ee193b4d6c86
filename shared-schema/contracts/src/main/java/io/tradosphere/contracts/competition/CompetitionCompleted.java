package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A competition ended and its ranks are final; the prizes sum to the pool less the platform's fee.
 *
 * @param competitionId the competition
 * @param name what the competition is called
 * @param creatorId who holds the competition; null when that person was erased
 * @param creatorIncarnation the incarnation of that person's id; null when that person was erased
 * @param prizePool what there was to win, before the platform's fee
 * @param platformFeePercentage what the platform keeps of the pool, 0 to 100
 * @param currency currency of the amounts, ISO 4217
 * @param participantCount how many took part to the end
 * @param results by rank, everybody with a prize and at least the first thousand; further parts continue where they
 *     don't fit one record; the API has the full list
 * @param completedAt when it ended
 * @param part which part of the results this is, from 1; null when they fit one record
 * @param parts how many parts the results have; null when they fit one record
 */
public record CompetitionCompleted(
        UUID competitionId,
        String name,
        @Nullable UUID creatorId,
        @Nullable Long creatorIncarnation,
        BigDecimal prizePool,
        BigDecimal platformFeePercentage,
        String currency,
        int participantCount,
        List<CompetitionResult> results,
        Instant completedAt,
        @Nullable Integer part,
        @Nullable Integer parts)
        implements CompetitionEvent {
    @Override
    public EventType type() {
        return EventType.COMPETITION_COMPLETED;
    }
}
