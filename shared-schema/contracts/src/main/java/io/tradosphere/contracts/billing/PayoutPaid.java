package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/**
 * A prize or a share of the pool was transferred to its winner.
 *
 * @param payoutId the payout
 * @param profileId who is paid
 * @param incarnation the incarnation of that person's id
 * @param kind what it is for
 * @param sourceId the competition of a prize; null for a share of the pool
 * @param month the month of a share of the pool; null for a prize
 * @param amount how much
 * @param currency currency of the amount, ISO 4217
 * @param paidAt when it was transferred
 */
public record PayoutPaid(
        UUID payoutId,
        UUID profileId,
        long incarnation,
        PayoutKind kind,
        @Nullable UUID sourceId,
        @Nullable YearMonth month,
        BigDecimal amount,
        String currency,
        Instant paidAt)
        implements PayoutEvent {
    @Override
    public EventType type() {
        return EventType.BILLING_PAYOUT_PAID;
    }
}
