package io.tradosphere.platform.performance;

import static java.math.RoundingMode.HALF_EVEN;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds trades up one by one, so that a journal need not be in memory as a whole. Not safe for several threads at once. */
public final class PerformanceMeter {

    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int RATE_SCALE = 2;
    private static final int RATIO_SCALE = 4;
    private static final int MONEY_SCALE = 8;

    private final BigDecimal startingEquity;
    private final Map<LocalDate, BigDecimal> pnlByDay = new TreeMap<>();
    private long trades;
    private long wins;
    private boolean crypto;
    private BigDecimal profits = BigDecimal.ZERO;
    private BigDecimal losses = BigDecimal.ZERO;

    /** Trades of one instant are one step of the equity, and more of the latest may be to come. */
    private Instant latest;

    private BigDecimal ofLatest = BigDecimal.ZERO;
    private Drawdown beforeLatest;

    /** @param startingEquity what there was at the start of the first day; above 0 */
    public PerformanceMeter(BigDecimal startingEquity) {
        if (startingEquity.signum() <= 0) {
            throw new IllegalArgumentException("The starting equity must be above 0, is " + startingEquity);
        }
        this.startingEquity = startingEquity;
        this.beforeLatest = new Drawdown(startingEquity, startingEquity, BigDecimal.ZERO);
    }

    /**
     * Takes a trade in.
     *
     * @throws IllegalArgumentException when it was closed before one that was taken in already
     */
    public void add(ClosedTrade trade) {
        if (latest != null && trade.closedAt().isBefore(latest)) {
            throw new IllegalArgumentException("Trades are added in the order of their closing");
        }
        if (!trade.closedAt().equals(latest)) {
            beforeLatest = beforeLatest.after(ofLatest);
            ofLatest = BigDecimal.ZERO;
            latest = trade.closedAt();
        }
        ofLatest = ofLatest.add(trade.netPnl());
        pnlByDay.merge(day(latest), trade.netPnl(), BigDecimal::add);
        trades++;
        crypto |= trade.crypto();
        if (trade.netPnl().signum() > 0) {
            wins++;
            profits = profits.add(trade.netPnl());
        } else {
            losses = losses.subtract(trade.netPnl());
        }
    }

    /**
     * What the trades taken in so far add up to.
     *
     * @param firstDay the period's first UTC day
     * @param lastDay its last, included; not before the first
     * @throws IllegalArgumentException when a trade was closed outside the period
     */
    public Performance over(LocalDate firstDay, LocalDate lastDay) {
        if (lastDay.isBefore(firstDay) || pnlByDay.keySet().stream().anyMatch(day -> outside(day, firstDay, lastDay))) {
            throw new IllegalArgumentException(
                    "The period from " + firstDay + " to " + lastDay + " does not hold the trades");
        }
        BigDecimal net = profits.subtract(losses);
        return new Performance(
                trades,
                over(HUNDRED.multiply(BigDecimal.valueOf(wins)), BigDecimal.valueOf(trades), RATE_SCALE),
                net,
                over(profits, losses, RATIO_SCALE),
                over(net, BigDecimal.valueOf(trades), MONEY_SCALE),
                sharpeRatio(firstDay, lastDay),
                beforeLatest.after(ofLatest).deepest().multiply(HUNDRED).setScale(RATIO_SCALE, HALF_EVEN),
                equityCurve());
    }

    /** The UTC day that an instant belongs to. */
    public static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private BigDecimal sharpeRatio(LocalDate firstDay, LocalDate lastDay) {
        List<BigDecimal> returns = new ArrayList<>(pnlByDay.size());
        BigDecimal equity = startingEquity;
        for (Map.Entry<LocalDate, BigDecimal> day : pnlByDay.entrySet()) {
            returns.add(day.getValue().divide(equity, PRECISION));
            equity = equity.add(day.getValue());
            if (equity.signum() <= 0 && day.getKey().isBefore(lastDay)) {
                return null;
            }
        }
        return DailyReturns.sharpeRatio(returns, ChronoUnit.DAYS.between(firstDay, lastDay) + 1, crypto);
    }

    private List<DayEquity> equityCurve() {
        List<DayEquity> curve = new ArrayList<>(pnlByDay.size());
        BigDecimal equity = startingEquity;
        for (Map.Entry<LocalDate, BigDecimal> day : pnlByDay.entrySet()) {
            equity = equity.add(day.getValue());
            curve.add(new DayEquity(day.getKey(), day.getValue(), equity));
        }
        return curve;
    }

    private static boolean outside(LocalDate day, LocalDate firstDay, LocalDate lastDay) {
        return day.isBefore(firstDay) || day.isAfter(lastDay);
    }

    /** Null over 0. */
    private static BigDecimal over(BigDecimal dividend, BigDecimal divisor, int scale) {
        return divisor.signum() == 0 ? null : dividend.divide(divisor, scale, HALF_EVEN);
    }

    /**
     * How far the equity has fallen.
     *
     * @param deepest the deepest fall so far, as a part of the peak before it
     */
    private record Drawdown(BigDecimal equity, BigDecimal peak, BigDecimal deepest) {

        Drawdown after(BigDecimal step) {
            BigDecimal now = equity.add(step);
            return now.compareTo(peak) >= 0
                    ? new Drawdown(now, now, deepest)
                    : new Drawdown(now, peak, deepest.max(peak.subtract(now).divide(peak, PRECISION)));
        }
    }
}
