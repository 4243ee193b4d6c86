package io.tradosphere.platform.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerformanceTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

    @Test
    void a_trade_without_a_net_profit_is_no_win() {
        Performance performance = overTwoDays(
                trade("2026-11-23T10:00:00Z", "30"),
                trade("2026-11-23T11:00:00Z", "0"),
                trade("2026-11-24T00:00:00Z", "-10"));

        assertThat(performance.tradeCount()).isEqualTo(3);
        assertThat(performance.winRate()).isEqualByComparingTo("33.33");
        assertThat(performance.netPnl()).isEqualByComparingTo("20");
        assertThat(performance.profitFactor()).isEqualByComparingTo("3");
        assertThat(performance.expectancy()).isEqualByComparingTo("6.66666667");
    }

    @Test
    void sums_of_money_are_exact() {
        Performance performance = overTwoDays(
                trade("2026-11-23T10:00:00Z", "999999999999999999.99999999"),
                trade("2026-11-23T11:00:00Z", "0.00000002"),
                trade("2026-11-23T12:00:00Z", "-0.00000001"));

        assertThat(performance.netPnl()).isEqualByComparingTo("1000000000000000000");
    }

    @Test
    void without_trades_there_is_nothing_to_measure() {
        Performance performance = overTwoDays();

        assertThat(performance.tradeCount()).isZero();
        assertThat(performance.netPnl()).isZero();
        assertThat(performance.maxDrawdown()).isZero();
        assertThat(performance.equityCurve()).isEmpty();
        assertThat(performance.winRate()).isNull();
        assertThat(performance.profitFactor()).isNull();
        assertThat(performance.expectancy()).isNull();
        assertThat(performance.sharpeRatio()).isNull();
    }

    @Test
    void the_equity_curve_has_a_point_a_utc_day_with_trades() {
        Performance performance = Performance.of(
                List.of(
                        trade("2026-11-25T00:00:00Z", "-5"),
                        trade("2026-11-23T23:59:59.999999Z", "20"),
                        trade("2026-11-23T00:00:00Z", "10")),
                new BigDecimal("100"),
                MONDAY,
                WEDNESDAY);

        assertThat(performance.equityCurve())
                .containsExactly(
                        new DayEquity(MONDAY, new BigDecimal("30"), new BigDecimal("130")),
                        new DayEquity(WEDNESDAY, new BigDecimal("-5"), new BigDecimal("125")));
    }

    /** Returns of 10 % and 0 %: mean 0.05, sample deviation 0.1 / √2; their ratio is 1 / √2. */
    @ParameterizedTest
    @CsvSource({"true, 13.5093", "false, 11.2250"})
    void a_year_has_365_days_for_crypto_and_252_for_the_rest(boolean crypto, String sharpe) {
        ClosedTrade trade = new ClosedTrade(Instant.parse("2026-11-23T10:00:00Z"), crypto, new BigDecimal("10"));

        assertThat(overTwoDays(trade).sharpeRatio()).isEqualByComparingTo(sharpe);
    }

    @Test
    void one_trade_of_crypto_makes_every_day_count() {
        Performance performance = overTwoDays(
                new ClosedTrade(Instant.parse("2026-11-23T10:00:00Z"), false, new BigDecimal("10")),
                new ClosedTrade(Instant.parse("2026-11-23T10:00:00Z"), true, BigDecimal.ZERO));

        assertThat(performance.sharpeRatio()).isEqualByComparingTo("13.5093");
    }

    @Test
    void a_days_return_is_over_the_equity_at_its_start() {
        Performance alike = overTwoDays(trade("2026-11-23T10:00:00Z", "10"), trade("2026-11-24T10:00:00Z", "11"));

        assertThat(alike.sharpeRatio()).as("10 % each, so no deviation").isNull();
    }

    @Test
    void one_day_has_no_sharpe_ratio() {
        Performance performance =
                Performance.of(List.of(trade("2026-11-23T10:00:00Z", "10")), new BigDecimal("100"), MONDAY, MONDAY);

        assertThat(performance.sharpeRatio()).isNull();
    }

    @Test
    void who_has_lost_everything_has_no_returns_any_more() {
        ClosedTrade ruin = trade("2026-11-23T10:00:00Z", "-100");

        assertThat(overTwoDays(ruin).sharpeRatio()).isNull();
        assertThat(overTwoDays(ruin, trade("2026-11-24T10:00:00Z", "50")).sharpeRatio())
                .isNull();
        assertThat(overTwoDays(trade("2026-11-24T10:00:00Z", "-100")).sharpeRatio())
                .isNegative();
    }

    @Test
    void the_drawdown_is_the_deepest_fall_from_a_peak_within_days_too() {
        Performance performance = overTwoDays(
                trade("2026-11-23T10:00:00Z", "100"),
                trade("2026-11-23T11:00:00Z", "-50"),
                trade("2026-11-23T12:00:00Z", "150"),
                trade("2026-11-24T10:00:00Z", "-60"));

        assertThat(performance.maxDrawdown()).isEqualByComparingTo("25");
    }

    @Test
    void the_starting_equity_is_the_first_peak_and_a_loss_of_more_than_all_is_more_than_100_percent() {
        assertThat(overTwoDays(trade("2026-11-23T10:00:00Z", "-150")).maxDrawdown())
                .isEqualByComparingTo("150");
    }

    @Test
    void trades_of_the_same_instant_are_one_step_whatever_their_order() {
        ClosedTrade loss = trade("2026-11-23T10:00:00Z", "-50");
        ClosedTrade profit = trade("2026-11-23T10:00:00Z", "50");

        assertThat(overTwoDays(loss, profit)).isEqualTo(overTwoDays(profit, loss));
        assertThat(overTwoDays(loss, profit).maxDrawdown()).isZero();
    }

    @Test
    void a_meter_can_be_read_in_between() {
        PerformanceMeter meter = new PerformanceMeter(new BigDecimal("100"));
        meter.add(trade("2026-11-23T10:00:00Z", "-50"));
        assertThat(meter.over(MONDAY, TUESDAY).maxDrawdown()).isEqualByComparingTo("50");

        meter.add(trade("2026-11-23T10:00:00Z", "40"));

        assertThat(meter.over(MONDAY, TUESDAY).maxDrawdown()).isEqualByComparingTo("10");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        ClosedTrade trade = trade("2026-11-25T10:00:00Z", "1");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> overTwoDays(trade));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Performance.of(List.of(), BigDecimal.ONE, TUESDAY, MONDAY));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new PerformanceMeter(BigDecimal.ZERO));
        PerformanceMeter meter = new PerformanceMeter(BigDecimal.ONE);
        meter.add(trade);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> meter.add(trade("2026-11-24T10:00:00Z", "1")));
    }

    private static Performance overTwoDays(ClosedTrade... trades) {
        return Performance.of(List.of(trades), new BigDecimal("100"), MONDAY, TUESDAY);
    }

    private static ClosedTrade trade(String closedAt, String netPnl) {
        return new ClosedTrade(Instant.parse(closedAt), true, new BigDecimal(netPnl));
    }
}
