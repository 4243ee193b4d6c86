package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The creator edited an upcoming competition. The other fields have the values after the edit; rules, scoring and texts are read
 * through the API.
 *
 * @param competitionId the competition
 * @param name what the competition is called
 * @param creatorId who holds the competition
 * @param creatorIncarnation the incarnation of that person's id
 * @param changedFields names of the fields that changed, such as `prizePool`, `startsAt`, `rules` or `scoringMetrics`
 * @param prizePool what there is to win, before the platform's fee
 * @param platformFeePercentage what the platform keeps of the pool, 0 to 100
 * @param currency currency of the amounts, ISO 4217
 * @param maxParticipants how many may join at most; null when anybody may
 * @param startsAt when it will start
 * @param endsAt when it will end
 * @param changedAt when it was edited
 */
public record CompetitionChanged(
        UUID competitionId,
        String name,
        UUID creatorId,
        long creatorIncarnation,
        List<String> changedFields,
        BigDecimal prizePool,
        BigDecimal platformFeePercentage,
        String currency,
        @Nullable Integer maxParticipants,
        Instant startsAt,
        Instant endsAt,
        Instant changedAt)
        implements CompetitionEvent {
    @Override
    public EventType type() {
        return EventType.COMPETITION_CHANGED;
    }
}
