package io.tradosphere.platform.performance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What the trades of a period add up to. Sums of money are exact; ratios are rounded half even, as said of each.
 *
 * @param tradeCount how many trades were closed
 * @param winRate those with a net profit above 0 in percent of all, two decimals; null without any
 * @param netPnl the sum of the profits and losses after fees
 * @param profitFactor the sum of the net profits over that of the net losses, four decimals; null without a loss
 * @param expectancy net profit or loss a trade, eight decimals; null without any
 * @param sharpeRatio mean over sample standard deviation of the daily returns, annualised by √365 when any trade is of crypto,
 *     else by √252, four decimals. A day's return is its net profit or loss over the equity at its start; days without a trade
 *     count as 0. Null with fewer than two days, without deviation, and when there was no equity left to begin a day with.
 *     (W. F. Sharpe, "The Sharpe Ratio", 1994, with a riskless return of 0.)
 * @param maxDrawdown the deepest fall below an earlier peak of the equity in percent of that peak, four decimals; 0 when it
 *     never fell, above 100 when more than everything was lost. Trades closed at the same instant count as one step.
 * @param equityCurve the days on which trades were closed, in order; on the others the equity stays what it was
 */
public record Performance(
        long tradeCount,
        BigDecimal winRate,
        BigDecimal netPnl,
        BigDecimal profitFactor,
        BigDecimal expectancy,
        BigDecimal sharpeRatio,
        BigDecimal maxDrawdown,
        List<DayEquity> equityCurve) {

    /** The curve is not the caller's to change. */
    public Performance {
        equityCurve = List.copyOf(equityCurve);
    }

    /**
     * The performance of trades, in whatever order they come.
     *
     * @param startingEquity what there was at the start of the first day; above 0
     * @param firstDay the period's first UTC day
     * @param lastDay its last, included; not before the first
     * @throws IllegalArgumentException when a trade was closed outside the period
     */
    public static Performance of(
            Collection<ClosedTrade> trades, BigDecimal startingEquity, LocalDate firstDay, LocalDate lastDay) {
        PerformanceMeter meter = new PerformanceMeter(startingEquity);
        trades.stream().sorted(Comparator.comparing(ClosedTrade::closedAt)).forEachOrdered(meter::add);
        return meter.over(firstDay, lastDay);
    }
}
