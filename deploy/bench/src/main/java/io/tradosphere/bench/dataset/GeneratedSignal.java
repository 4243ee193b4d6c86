package io.tradosphere.bench.dataset;

import java.math.BigDecimal;

/**
 * A generated signal.
 *
 * @param number index in posting order
 * @param creator the creator's number
 * @param symbol the symbol's number
 * @param isLong the direction
 * @param price entry price
 * @param outcomePercentile 0 to 99; determines the status
 */
public record GeneratedSignal(int number, int creator, int symbol, boolean isLong, int price, int outcomePercentile) {

    /** The target is ten percent away, the stop five percent. */
    static final int RISK_REWARD = 2;

    private static final BigDecimal TEN_PERCENT = new BigDecimal("0.1");
    private static final BigDecimal FIVE_PERCENT = new BigDecimal("0.05");

    /** {@code active}, {@code hit}, {@code miss} or {@code cancelled}. */
    public String status() {
        return outcomePercentile < 50
                ? "active"
                : outcomePercentile < 75 ? "hit" : outcomePercentile < 95 ? "miss" : "cancelled";
    }

    /** The asset symbol, such as {@code S7/USD}. */
    public String assetSymbol() {
        return "S" + symbol + "/USD";
    }

    /** {@code LONG} or {@code SHORT}. */
    public String direction() {
        return isLong ? "LONG" : "SHORT";
    }

    /** The target price: ten percent in the signal's direction. */
    public BigDecimal target() {
        return moved(TEN_PERCENT, isLong);
    }

    /** The stop price: five percent against the direction. */
    public BigDecimal stop() {
        return moved(FIVE_PERCENT, !isLong);
    }

    /** The price that resolved the signal; null when unresolved. */
    public BigDecimal outcome() {
        return switch (status()) {
            case "hit" -> target();
            case "miss" -> stop();
            default -> null;
        };
    }

    private BigDecimal moved(BigDecimal share, boolean up) {
        BigDecimal entry = BigDecimal.valueOf(price);
        return entry.add(entry.multiply(share).multiply(BigDecimal.valueOf(up ? 1 : -1)));
    }
}
