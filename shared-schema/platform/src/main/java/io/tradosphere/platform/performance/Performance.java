package io.tradosphere.platform.performance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Performance metrics of the trades of a period. Sums of money are exact inside, and rounded half even to
 * eight decimals. Ratios are rounded half even to the decimals given.
 *
 * @param tradeCount the number of closed trades
 * @param winRate trades with a net profit above 0, in percent of all, two decimals; null without trades
 * @param netPnl the sum of the profits and losses after fees
 * @param profitFactor the sum of net profits over the sum of net losses, four decimals; null without a loss
 * @param expectancy mean net profit or loss per trade, eight decimals; null without trades
 * @param sharpeRatio mean over sample standard deviation of the daily returns, four decimals. Annualized by √365 when any trade is
 *     crypto, else by √252. A day's return is its net profit or loss over the equity at its start; 0 without trades. Null with
 *     fewer than two days, without deviation, or when the equity at the start of a day was not above 0. Source: W. F. Sharpe,
 *     "The Sharpe Ratio", 1994, with a risk-free return of 0.
 * @param maxDrawdown the largest decline of the equity from an earlier peak, in percent of that peak, four decimals. 0 without a
 *     decline; above 100 when the equity became negative. Trades closed at the same instant are one step.
 * @param equityCurve the days on which trades were closed, in order; between them the equity is unchanged
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

    /** Copies the equity curve. */
    public Performance {
        equityCurve = List.copyOf(equityCurve);
    }

    /**
     * Computes the performance of trades, given in any order.
     *
     * @param startingEquity the equity at the start of the first day; above 0
     * @param firstDay the period's first UTC day
     * @param lastDay the period's last UTC day, inclusive; not before the first
     * @throws IllegalArgumentException when a trade was closed outside the period
     */
    public static Performance of(
            Collection<ClosedTrade> trades, BigDecimal startingEquity, LocalDate firstDay, LocalDate lastDay) {
        PerformanceMeter meter = new PerformanceMeter(startingEquity);
        trades.stream().sorted(Comparator.comparing(ClosedTrade::closedAt)).forEachOrdered(meter::add);
        return meter.over(firstDay, lastDay);
    }
}
