package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/**
 * The pool of a month was shared among the legends of that month; the shares sum to it exactly.
 *
 * @param month the month, `YYYY-MM`
 * @param totalPool what there was to share
 * @param currency currency of the amounts, ISO 4217
 * @param shares who gets how much
 * @param distributedAt when it was shared
 */
public record LegendsPoolDistributed(
        YearMonth month, BigDecimal totalPool, String currency, List<PoolShare> shares, Instant distributedAt)
        implements LegendsPoolEvent {
    @Override
    public EventType type() {
        return EventType.BILLING_LEGENDS_POOL_DISTRIBUTED;
    }
}
