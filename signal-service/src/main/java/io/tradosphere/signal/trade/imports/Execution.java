package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An execution: part of an order that was filled.
 *
 * @param line where it is from
 * @param side LONG for bought
 * @param quantity what entered or left the position, above 0
 * @param value what was paid for it before fees and for a worth of 1
 * @param fee what was charged, negative for a rebate
 * @param worth what a move of the price by 1 is worth for a quantity of 1; null when that is not known
 * @param id the broker's id; null when there is none
 * @param closes whether the broker says that it only closes
 * @param result the profit that the broker states for what it closes, 0 for what opens; null when none is stated
 */
record Execution(
        Line line,
        String asset,
        String assetType,
        Direction side,
        BigDecimal quantity,
        BigDecimal value,
        BigDecimal fee,
        BigDecimal worth,
        String id,
        Instant time,
        boolean closes,
        BigDecimal result) {

    /** An execution of this quantity and price. */
    static Execution at(
            Line line,
            String asset,
            String assetType,
            Direction side,
            BigDecimal quantity,
            BigDecimal price,
            BigDecimal fee,
            BigDecimal worth,
            String id,
            Instant time) {
        return new Execution(
                line, asset, assetType, side, quantity, quantity.multiply(price), fee, worth, id, time, false, null);
    }

    /** What is the same when files that overlap were put together. */
    List<Object> identity() {
        return List.of(id, side, time, quantity.stripTrailingZeros(), value.stripTrailingZeros());
    }

    /** The same where the broker says whether it only closes. */
    Execution closing(boolean only) {
        return new Execution(line, asset, assetType, side, quantity, value, fee, worth, id, time, only, result);
    }

    /** The same where the broker states a result; null for none. */
    Execution resulting(BigDecimal stated) {
        return new Execution(line, asset, assetType, side, quantity, value, fee, worth, id, time, closes, stated);
    }

    /** The part of it that closes a position, with its share of value and fee, and all of the result. */
    Execution part(BigDecimal some) {
        return new Execution(
                line,
                asset,
                assetType,
                side,
                some,
                share(value, some),
                share(fee, some),
                worth,
                id,
                time,
                closes,
                result);
    }

    /** What the closing part leaves, so that both add up to the whole. */
    Execution without(Execution part) {
        return new Execution(
                line,
                asset,
                assetType,
                side,
                quantity.subtract(part.quantity),
                value.subtract(part.value),
                fee.subtract(part.fee),
                worth,
                id,
                time,
                closes,
                result == null ? null : BigDecimal.ZERO);
    }

    private BigDecimal share(BigDecimal whole, BigDecimal some) {
        return Ratios.share(whole, some, quantity);
    }
}
