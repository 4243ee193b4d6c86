package io.tradosphere.platform.performance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * What a closed trade contributes to its trader's performance.
 *
 * @param closedAt when it was closed; its UTC day is the day whose result it belongs to
 * @param crypto whether its market never closes, so that a year has 365 trading days instead of 252
 * @param netPnl profit or loss after fees, exact
 */
public record ClosedTrade(Instant closedAt, boolean crypto, BigDecimal netPnl) {
    /** Refuses a trade without its figures. */
    public ClosedTrade {
        Objects.requireNonNull(closedAt, "closedAt");
        Objects.requireNonNull(netPnl, "netPnl");
    }
}
