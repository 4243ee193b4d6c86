package io.tradosphere.signal.trade.imports;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The result of a trade as its broker states it. Brokers count lots, whose worth depends on the asset, and state profits
 * in the account's currency. The size here is the profit for a price move of 1 in that currency. So profit and margin
 * are those of the account.
 *
 * @param size the size, of at most 8 decimals
 * @param pnl the profit before fees; null when it is exactly the move times the size
 * @param worth what one of the broker's lots is worth; null when the trade does not show it
 */
record BrokerResult(BigDecimal size, BigDecimal pnl, BigDecimal worth) {

    private static final int SCALE = 8;

    /**
     * The result with the broker's profit, to the cent.
     *
     * @param profit the profit before fees
     * @param move the price move in the trade's direction, negative for the opposite
     * @param lots the broker's size, used if profit or move is 0 and so does not show the worth of a lot
     * @throws UnreadableLineException when profit and move have different signs
     */
    static BrokerResult of(BigDecimal profit, BigDecimal move, BigDecimal lots) {
        if (profit.signum() == 0 || move.signum() == 0) {
            return new BrokerResult(lots, profit.signum() == move.signum() ? null : profit, null);
        }
        if (profit.signum() != move.signum()) {
            throw new UnreadableLineException("the profit does not fit the prices and the direction");
        }
        BigDecimal size = profit.divide(move, SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
        if (size.signum() == 0) {
            return new BrokerResult(lots, profit, null);
        }
        return new BrokerResult(
                size, size.multiply(move).compareTo(profit) == 0 ? null : profit, Ratios.of(size, lots));
    }
}
