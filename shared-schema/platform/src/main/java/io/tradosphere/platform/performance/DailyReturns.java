package io.tradosphere.platform.performance;

import static java.math.RoundingMode.HALF_EVEN;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The Sharpe ratio of daily returns. Days without trades have a return of 0. */
final class DailyReturns {

    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final BigDecimal CRYPTO_DAYS_PER_YEAR = BigDecimal.valueOf(365);
    private static final BigDecimal TRADING_DAYS_PER_YEAR = BigDecimal.valueOf(252);

    /** Below this share of the mean, the deviation counts as 0: the ratio would overflow its column. */
    private static final BigDecimal NO_DEVIATION = new BigDecimal("1e-12");

    private static final int SCALE = 4;

    private DailyReturns() {}

    /**
     * Mean over sample standard deviation, annualized.
     *
     * @param returns the returns of days with trades, as fractions of the equity
     * @param days the number of all days; days without trades have a return of 0
     * @param crypto whether a year has 365 trading days instead of 252
     * @return the ratio; null with fewer than two days or a deviation below 10⁻¹² of the mean
     */
    static BigDecimal sharpeRatio(List<BigDecimal> returns, long days, boolean crypto) {
        if (days < 2) {
            return null;
        }
        BigDecimal mean = sum(returns).divide(BigDecimal.valueOf(days), PRECISION);
        BigDecimal squaresOfIdleDays = square(mean).multiply(BigDecimal.valueOf(days - returns.size()));
        BigDecimal squares =
                returns.stream().map(daily -> square(daily.subtract(mean))).reduce(squaresOfIdleDays, BigDecimal::add);
        BigDecimal deviation =
                squares.divide(BigDecimal.valueOf(days - 1), PRECISION).sqrt(PRECISION);
        if (deviation.compareTo(mean.abs().multiply(NO_DEVIATION)) <= 0) {
            return null;
        }
        BigDecimal year = crypto ? CRYPTO_DAYS_PER_YEAR : TRADING_DAYS_PER_YEAR;
        return mean.divide(deviation, PRECISION).multiply(year.sqrt(PRECISION)).setScale(SCALE, HALF_EVEN);
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal square(BigDecimal number) {
        return number.multiply(number, PRECISION);
    }
}
