package io.tradosphere.bench.world;

import java.math.BigDecimal;

/**
 * A signal as it was drawn.
 *
 * @param number its place in the order of posting
 * @param creator who posted it
 * @param symbol the number of its symbol
 * @param isLong its direction
 * @param price its entry price
 * @param fate 0 to 99: what has become of it
 */
public record DrawnSignal(int number, int creator, int symbol, boolean isLong, int price, int fate) {

    /** Ten percent to win for five to lose. */
    static final int RISK_REWARD = 2;

    private static final BigDecimal TEN_PERCENT = new BigDecimal("0.1");
    private static final BigDecimal FIVE_PERCENT = new BigDecimal("0.05");

    /** {@code active}, {@code hit}, {@code miss} or {@code cancelled}. */
    public String status() {
        return fate < 50 ? "active" : fate < 75 ? "hit" : fate < 95 ? "miss" : "cancelled";
    }

    /** What it is about, such as {@code S7/USD}. */
    public String assetSymbol() {
        return "S" + symbol + "/USD";
    }

    /** {@code LONG} or {@code SHORT}. */
    public String direction() {
        return isLong ? "LONG" : "SHORT";
    }

    /** Ten percent in its direction. */
    public BigDecimal target() {
        return moved(TEN_PERCENT, isLong);
    }

    /** Five percent against it. */
    public BigDecimal stop() {
        return moved(FIVE_PERCENT, !isLong);
    }

    /** The price that resolved it; null when none did. */
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
