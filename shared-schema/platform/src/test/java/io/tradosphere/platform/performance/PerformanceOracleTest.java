package io.tradosphere.platform.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same figures by other means: Apache Commons Statistics over the full array of days, and every pair of equities. */
class PerformanceOracleTest {

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final double BASE = 10_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void random_trades_add_up_to_what_an_independent_library_says(long seed) {
        Random random = new Random(seed);
        int days = 2 + random.nextInt(120);
        List<ClosedTrade> trades = randomTrades(random, days);

        Performance performance =
                Performance.of(trades, BigDecimal.valueOf((long) BASE), FIRST_DAY, FIRST_DAY.plusDays(days - 1L));

        double[] pnl = trades.stream()
                .mapToDouble(trade -> trade.netPnl().doubleValue())
                .toArray();
        assertThat(performance.tradeCount()).isEqualTo(pnl.length);
        assertThat(performance.netPnl().doubleValue()).isCloseTo(Mean.of(pnl).getAsDouble() * pnl.length, offset(1e-6));
        assertThat(performance.expectancy().doubleValue())
                .isCloseTo(Mean.of(pnl).getAsDouble(), offset(1e-6));
        assertThat(performance.winRate().doubleValue()).isCloseTo(100.0 * count(pnl, 1) / pnl.length, offset(0.00501));
        assertThat(performance.maxDrawdown().doubleValue()).isCloseTo(deepestOfAllPairs(pnl), offset(1e-4));
        double sharpe = sharpe(dailyReturns(trades, days), trades.stream().anyMatch(ClosedTrade::crypto));
        assertThat(performance.sharpeRatio().doubleValue()).isCloseTo(sharpe, offset(1e-4));
        double losses = -sumOf(pnl, -1);
        if (losses > 0) {
            double factor = sumOf(pnl, 1) / losses;
            assertThat(performance.profitFactor().doubleValue()).isCloseTo(factor, offset(1e-4 + factor * 1e-9));
        }
    }

    /** Small enough that nobody is ruined. */
    private static List<ClosedTrade> randomTrades(Random random, int days) {
        List<ClosedTrade> trades = new ArrayList<>();
        boolean crypto = random.nextBoolean();
        Instant start = FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
        long seconds = days * 86_400L;
        int count = 1 + random.nextInt(60);
        long[] moments = random.longs(count, 0, seconds).distinct().sorted().toArray();
        for (long moment : moments) {
            BigDecimal pnl = BigDecimal.valueOf((long) (random.nextGaussian() * 50 * 1e8), 8);
            trades.add(new ClosedTrade(start.plusSeconds(moment), crypto && random.nextBoolean(), pnl));
        }
        return trades;
    }

    private static double[] dailyReturns(List<ClosedTrade> trades, int days) {
        double[] made = new double[days];
        for (ClosedTrade trade : trades) {
            int day =
                    (int) (trade.closedAt().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay() - FIRST_DAY.toEpochDay());
            made[day] += trade.netPnl().doubleValue();
        }
        double equity = BASE;
        for (int day = 0; day < days; day++) {
            double before = equity;
            equity += made[day];
            made[day] /= before;
        }
        return made;
    }

    private static double sharpe(double[] returns, boolean crypto) {
        return Mean.of(returns).getAsDouble()
                / StandardDeviation.of(returns).getAsDouble()
                * Math.sqrt(crypto ? 365 : 252);
    }

    private static double deepestOfAllPairs(double[] pnl) {
        double[] equity = new double[pnl.length + 1];
        equity[0] = BASE;
        for (int i = 0; i < pnl.length; i++) {
            equity[i + 1] = equity[i] + pnl[i];
        }
        double deepest = 0;
        for (int peak = 0; peak < equity.length; peak++) {
            for (int later = peak; later < equity.length; later++) {
                deepest = Math.max(deepest, (equity[peak] - equity[later]) / equity[peak] * 100);
            }
        }
        return deepest;
    }

    private static long count(double[] numbers, int sign) {
        return Arrays.stream(numbers).filter(number -> number * sign > 0).count();
    }

    private static double sumOf(double[] numbers, int sign) {
        return Arrays.stream(numbers).filter(number -> number * sign > 0).sum();
    }
}
