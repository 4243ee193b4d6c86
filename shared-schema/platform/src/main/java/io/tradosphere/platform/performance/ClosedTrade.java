package io.tradosphere.platform.performance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * A closed trade, as input of the performance calculation.
 *
 * @param closedAt the instant of closing; the result belongs to its UTC day
 * @param crypto whether the asset is crypto, with 365 trading days a year instead of 252
 * @param netPnl exact profit or loss after fees
 */
public record ClosedTrade(Instant closedAt, boolean crypto, BigDecimal netPnl) {
    /** @throws NullPointerException when {@code closedAt} or {@code netPnl} is null */
    public ClosedTrade {
        Objects.requireNonNull(closedAt, "closedAt");
        Objects.requireNonNull(netPnl, "netPnl");
    }
}
