package io.tradosphere.signal.trade.statistics;

import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.performance.DayEquity;
import io.tradosphere.platform.performance.Performance;
import java.math.BigDecimal;
import java.util.List;

/**
 * What closed trades add up to. Money is in strings of plain digits; rates are in percent.
 *
 * @param count how many trades were closed
 * @param winRate those with a net profit in percent of all; null without any
 * @param profitFactor net profits over net losses; null without a loss
 * @param expectancy net profit or loss a trade; null without any
 * @param sharpeRatio of the daily returns, annualised; null with fewer than two days or without deviation
 * @param maxDrawdown the deepest fall of the equity below an earlier peak, in percent of that
 * @param equityCurve the UTC days on which trades were closed; on the others the equity stays what it was
 */
record TradeStatistics(
        long count,
        Double winRate,
        Double profitFactor,
        @Decimal BigDecimal expectancy,
        @Decimal BigDecimal netPnl,
        Double sharpeRatio,
        Double maxDrawdown,
        List<DayEquity> equityCurve) {

    static TradeStatistics of(Performance performance) {
        return new TradeStatistics(
                performance.tradeCount(),
                number(performance.winRate()),
                number(performance.profitFactor()),
                performance.expectancy(),
                performance.netPnl(),
                number(performance.sharpeRatio()),
                number(performance.maxDrawdown()),
                performance.equityCurve());
    }

    /** Rounded to a few decimals by now, so that nothing is lost. */
    private static Double number(BigDecimal ratio) {
        return ratio == null ? null : ratio.doubleValue();
    }
}
