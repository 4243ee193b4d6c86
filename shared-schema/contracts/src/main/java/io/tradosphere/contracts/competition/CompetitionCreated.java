package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A competition was announced.
 *
 * @param competitionId the competition
 * @param name what the competition is called
 * @param creatorId who holds the competition
 * @param creatorIncarnation the incarnation of that person's id
 * @param competitionType who competes with whom
 * @param entryFee what it costs to join
 * @param prizePool what there is to win, before the platform's fee
 * @param platformFeePercentage what the platform keeps of the pool, 0 to 100
 * @param currency currency of the amounts, ISO 4217
 * @param maxParticipants how many may join at most; null when anybody may
 * @param startsAt when it will start
 * @param endsAt when it will end
 * @param createdAt when it was announced
 */
public record CompetitionCreated(
        UUID competitionId,
        String name,
        UUID creatorId,
        long creatorIncarnation,
        CompetitionType competitionType,
        BigDecimal entryFee,
        BigDecimal prizePool,
        BigDecimal platformFeePercentage,
        String currency,
        @Nullable Integer maxParticipants,
        Instant startsAt,
        Instant endsAt,
        Instant createdAt)
        implements CompetitionEvent {
    @Override
    public EventType type() {
        return EventType.COMPETITION_CREATED;
    }
}
