package io.tradosphere.platform.performance;

import static java.math.RoundingMode.HALF_EVEN;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An accumulator of trades that computes their performance without holding them in memory. Not thread-safe. */
public final class PerformanceMeter {

    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int RATE_SCALE = 2;
    private static final int RATIO_SCALE = 4;
    private static final int MONEY_SCALE = 8;

    private final BigDecimal startingEquity;
    private final ZoneId zone;
    private final Map<LocalDate, BigDecimal> pnlByDay = new TreeMap<>();
    private long trades;
    private long wins;
    private boolean crypto;
    private BigDecimal profits = BigDecimal.ZERO;
    private BigDecimal losses = BigDecimal.ZERO;

    /** The latest instant of closing. Trades of one instant are one step, and more may follow. */
    private Instant latest;

    private BigDecimal latestStep = BigDecimal.ZERO;
    private Drawdown drawdownBeforeLatest;

    /**
     * A meter of UTC days.
     *
     * @param startingEquity the equity at the start of the first day; above 0
     */
    public PerformanceMeter(BigDecimal startingEquity) {
        this(startingEquity, ZoneOffset.UTC);
    }

    /**
     * A meter of the days of a time zone.
     *
     * @param startingEquity the equity at the start of the first day; above 0
     */
    public PerformanceMeter(BigDecimal startingEquity, ZoneId zone) {
        if (startingEquity.signum() <= 0) {
            throw new IllegalArgumentException("The starting equity must be above 0, but is " + startingEquity);
        }
        this.startingEquity = startingEquity;
        this.zone = zone;
        this.drawdownBeforeLatest = new Drawdown(startingEquity, startingEquity, BigDecimal.ZERO);
    }

    /**
     * Adds a trade.
     *
     * @throws IllegalArgumentException when it was closed before a trade added earlier
     */
    public void add(ClosedTrade trade) {
        if (latest != null && trade.closedAt().isBefore(latest)) {
            throw new IllegalArgumentException("Trades must be added in the order of closing");
        }
        if (!trade.closedAt().equals(latest)) {
            drawdownBeforeLatest = drawdownBeforeLatest.after(latestStep);
            latestStep = BigDecimal.ZERO;
            latest = trade.closedAt();
        }
        latestStep = latestStep.add(trade.netPnl());
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
     * Computes the performance of the trades added so far.
     *
     * @param firstDay the period's first day
     * @param lastDay the period's last day, inclusive; not before the first
     * @throws IllegalArgumentException when a trade was closed outside the period
     */
    public Performance over(LocalDate firstDay, LocalDate lastDay) {
        if (lastDay.isBefore(firstDay) || pnlByDay.keySet().stream().anyMatch(day -> outside(day, firstDay, lastDay))) {
            throw new IllegalArgumentException(
                    "The period from " + firstDay + " to " + lastDay + " does not contain all trades");
        }
        BigDecimal net = profits.subtract(losses);
        return new Performance(
                trades,
                over(HUNDRED.multiply(BigDecimal.valueOf(wins)), BigDecimal.valueOf(trades), RATE_SCALE),
                money(net),
                over(profits, losses, RATIO_SCALE),
                over(net, BigDecimal.valueOf(trades), MONEY_SCALE),
                sharpeRatio(firstDay, lastDay),
                drawdownBeforeLatest
                        .after(latestStep)
                        .deepest()
                        .multiply(HUNDRED)
                        .setScale(RATIO_SCALE, HALF_EVEN),
                equityCurve());
    }

    /** The day of an instant. */
    public LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
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
            curve.add(new DayEquity(day.getKey(), money(day.getValue()), money(equity)));
        }
        return curve;
    }

    /** Sums are exact inside, and rounded here, once. */
    private static BigDecimal money(BigDecimal amount) {
        return amount.scale() > MONEY_SCALE ? amount.setScale(MONEY_SCALE, HALF_EVEN) : amount;
    }

    private static boolean outside(LocalDate day, LocalDate firstDay, LocalDate lastDay) {
        return day.isBefore(firstDay) || day.isAfter(lastDay);
    }

    /** The quotient; null when the divisor is 0. */
    private static BigDecimal over(BigDecimal dividend, BigDecimal divisor, int scale) {
        return divisor.signum() == 0 ? null : dividend.divide(divisor, scale, HALF_EVEN);
    }

    /**
     * The drawdown of the equity so far.
     *
     * @param deepest the largest decline so far, as a fraction of the peak before it
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
