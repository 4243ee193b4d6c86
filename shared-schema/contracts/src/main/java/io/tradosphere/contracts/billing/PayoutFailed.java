package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/**
 * A prize or a share of the pool could not be transferred; it is tried again by the next run.
 *
 * @param payoutId the payout
 * @param profileId who is paid
 * @param incarnation the incarnation of that person's id
 * @param kind what it is for
 * @param sourceId the competition of a prize; null for a share of the pool
 * @param month the month of a share of the pool; null for a prize
 * @param amount how much
 * @param currency currency of the amount, ISO 4217
 * @param reason why, as a code of the payment service
 * @param failedAt when it was refused
 */
public record PayoutFailed(
        UUID payoutId,
        UUID profileId,
        long incarnation,
        PayoutKind kind,
        @Nullable UUID sourceId,
        @Nullable YearMonth month,
        BigDecimal amount,
        String currency,
        String reason,
        Instant failedAt)
        implements PayoutEvent {
    @Override
    public EventType type() {
        return EventType.BILLING_PAYOUT_FAILED;
    }
}
