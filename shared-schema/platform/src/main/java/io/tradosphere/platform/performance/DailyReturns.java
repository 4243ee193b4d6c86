package io.tradosphere.platform.performance;

import static java.math.RoundingMode.HALF_EVEN;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The Sharpe ratio of daily returns, most of which may be 0. */
final class DailyReturns {

    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final BigDecimal DAYS_OF_A_CRYPTO_YEAR = BigDecimal.valueOf(365);
    private static final BigDecimal TRADING_DAYS_OF_A_YEAR = BigDecimal.valueOf(252);

    /** Returns so much alike would make a ratio that says nothing and fits no column. */
    private static final BigDecimal NO_DEVIATION = new BigDecimal("1e-12");

    private static final int SCALE = 4;

    private DailyReturns() {}

    /**
     * Mean over sample standard deviation, annualised.
     *
     * @param returns those of the days that had trades, as parts of the equity
     * @param days how many days there were; on the others the return was 0
     * @param crypto whether a year has 365 trading days instead of 252
     * @return null with fewer than two days and without deviation (below 10⁻¹² of the mean)
     */
    static BigDecimal sharpeRatio(List<BigDecimal> returns, long days, boolean crypto) {
        if (days < 2) {
            return null;
        }
        BigDecimal mean = sum(returns).divide(BigDecimal.valueOf(days), PRECISION);
        BigDecimal ofQuietDays = square(mean).multiply(BigDecimal.valueOf(days - returns.size()));
        BigDecimal squares =
                returns.stream().map(daily -> square(daily.subtract(mean))).reduce(ofQuietDays, BigDecimal::add);
        BigDecimal deviation =
                squares.divide(BigDecimal.valueOf(days - 1), PRECISION).sqrt(PRECISION);
        if (deviation.compareTo(mean.abs().multiply(NO_DEVIATION)) <= 0) {
            return null;
        }
        BigDecimal year = crypto ? DAYS_OF_A_CRYPTO_YEAR : TRADING_DAYS_OF_A_YEAR;
        return mean.divide(deviation, PRECISION).multiply(year.sqrt(PRECISION)).setScale(SCALE, HALF_EVEN);
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal square(BigDecimal number) {
        return number.multiply(number, PRECISION);
    }
}
