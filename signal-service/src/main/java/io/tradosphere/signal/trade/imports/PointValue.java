package io.tradosphere.signal.trade.imports;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Brokers of contracts count lots, which are worth 100,000 of one thing and 5 of another, and write what a trade made in the money of
 * the account. Its size here is what a move of the price by 1 is worth in that money: then profit and margin are those of the account.
 */
final class PointValue {

    private static final int SCALE = 8;

    private PointValue() {}

    /**
     * The size with which a trade makes what the broker says.
     *
     * @param profit what it made before fees
     * @param move how far the price went the right way, negative for the wrong one
     * @param lots the broker's own size, which stands where the trade made nothing and so says nothing of the worth of a lot
     * @throws Unreadable when the profit is of the other sign than the move
     */
    static BigDecimal size(BigDecimal profit, BigDecimal move, BigDecimal lots) {
        if (profit.signum() == 0 || move.signum() == 0) {
            return lots;
        }
        if (profit.signum() != move.signum()) {
            throw new Unreadable("the profit does not fit the prices and the direction");
        }
        return profit.divide(move, SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
    }
}
