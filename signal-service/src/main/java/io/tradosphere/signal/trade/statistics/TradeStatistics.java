package io.tradosphere.signal.trade.statistics;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.performance.DayEquity;
import io.tradosphere.platform.performance.Performance;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Statistics of closed trades. Money is in strings of plain digits; rates are in percent.
 *
 * @param count the number of closed trades
 * @param winRate trades with a net profit, in percent of all; null without trades
 * @param profitFactor net profits divided by net losses; null without a loss
 * @param expectancy average net profit or loss of a trade; null without trades
 * @param netPnl the sum of the profits and losses after fees
 * @param sharpeRatio of the daily returns, annualised; null with fewer than two days or without deviation
 * @param maxDrawdown the largest fall of the equity below an earlier peak, in percent of that peak
 * @param equityCurve the days of the time zone on which trades were closed; on other days the equity does not change
 */
record TradeStatistics(
        long count,
        @Nullable @Schema(minimum = "0", maximum = "100") Double winRate,
        @Nullable Double profitFactor,
        @Nullable @Decimal BigDecimal expectancy,
        @Decimal BigDecimal netPnl,
        @Nullable Double sharpeRatio,
        @Nullable Double maxDrawdown,
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

    /** Rounded to a few decimals already, so that nothing is lost. */
    private static Double number(BigDecimal ratio) {
        return ratio == null ? null : ratio.doubleValue();
    }
}
