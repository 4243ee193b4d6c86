package io.tradosphere.signal.trade.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberReadingTest {

    private static final String OWN = "asset\tassetType\tdirection\tentryPrice\texitPrice\tsize\topenedAt\tclosedAt\n";
    private static final String METATRADER =
            "Time;Position;Symbol;Type;Volume;Price;S / L;T / P;Time;Price;Commission;Swap;Profit\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.5          | 1234.5",
                "1,234.50        | 1234.50",
                "1.234,50        | 1234.50",
                "1.234.567       | 1234567",
                "12,34,567.5     | 1234567.5",
                "0,125           | 0.125",
                "1234,125        | 1234.125",
                "64,25           | 64.25",
                "1 234,125       | 1234.125",
                "1'234.125       | 1234.125",
                "(1,234.50)      | -1234.50",
                "$(20.00)        | -20",
                "-$1,250.00      | -1250",
                "− 0,08          | -0.08",
                "12.50-          | -12.5",
                "1.5e-7          | 0.00000015",
                ".5              | 0.5",
            })
    void a_number_with_one_reading_has_it(String text, BigDecimal value) {
        NumberCell cell = NumberCell.of(text);

        assertThat(cell.isUnclear()).isFalse();
        assertThat(cell.value(DecimalMark.DOT)).isEqualByComparingTo(value);
        assertThat(cell.value(DecimalMark.COMMA)).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64,250", "64.250", "-1,500", "999.999", "$1,250"})
    void a_mark_before_exactly_three_digits_has_two(String text) {
        assertThat(NumberCell.of(text).isUnclear()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,23,4", "1.2.3", "1,,5", "12 34", "five", "-", "1.234.56", "1,234.567,8", "0x1F"})
    void anything_else_is_no_number(String text) {
        assertThat(NumberCell.of(text).isNumber()).isFalse();
    }

    @Test
    void a_comma_is_a_thousands_mark_if_its_column_shows_a_decimal_dot() {
        List<TradeFields> trades = ReadFile.of(OWN
                        + "BTC/USD\tcrypto\tLONG\t64,250\t65,100.5\t2\t2026-01-05 09:00\t2026-01-05 11:00\n"
                        + "BTC/USD\tcrypto\tLONG\t64,300.25\t65,000\t1\t2026-01-06 09:00\t2026-01-06 11:00\n")
                .trades();

        assertNumbers(trades.get(0), "64250", "65100.5", "2");
        assertNumbers(trades.get(1), "64300.25", "65000", "1");
    }

    @Test
    void a_dot_is_a_thousands_mark_if_its_column_shows_a_decimal_comma() {
        TradeFields trade = ReadFile.of(OWN.replace('\t', ';')
                        + "BTC/USD;crypto;LONG;64.250;65.100;2;2026-01-05 09:00;2026-01-05 11:00\n"
                        + "BTC/USD;crypto;LONG;64.300,25;65.000,5;1,5;2026-01-06 09:00;2026-01-06 11:00\n")
                .trades()
                .get(0);

        assertNumbers(trade, "64250", "65100", "2");
    }

    @Test
    void a_column_that_shows_nothing_is_read_as_the_rest_of_the_file() {
        List<TradeFields> trades = ReadFile.of(OWN
                        + "T\tstocks\tLONG\t17.20\t17.30\t2,500\t2026-01-05 09:00\t2026-01-05 11:00\n"
                        + "F\tstocks\tLONG\t11.20\t11.30\t100\t2026-01-05 09:00\t2026-01-05 11:00\n")
                .trades();

        assertNumbers(trades.get(0), "17.20", "17.30", "2500");
    }

    @Test
    void money_has_the_marks_of_the_file_like_any_number() {
        ReadFile file = ReadFile.of(METATRADER
                + "2026.02.03 10:00:00;111;XAUUSD;sell;0,10;4.911,10;;;2026.02.03 10:30:12;4.921,10;-1,40;0;-1.100,50\n"
                + "2026.02.03 11:00:00;112;XAUUSD;buy;1,00;4.911;;;2026.02.03 11:30:12;4.921;-1.400;0;1.000\n");

        assertThat(file.trades().get(1).fees()).isEqualByComparingTo("1400");
        assertThat(file.trades().get(1).entryPrice()).isEqualByComparingTo("4911");
        assertThat(file.netPnl()).isEqualByComparingTo("-1501.9");
    }

    @Test
    void a_number_that_nothing_decides_is_refused_with_both_readings() {
        assertThat(ReadFile.of(OWN + "CL\tfutures\tLONG\t64,250\t64,350\t1\t2026-01-05 09:00\t2026-01-05 11:00\n")
                        .rejected())
                .containsExactly(
                        "2: entryPrice 64,250 is unclear: 64.25 or 64250; exitPrice 64,350 is unclear: 64.35 or"
                                + " 64350");
        assertThat(ReadFile.of(METATRADER
                                + "2026.02.03 10:00:00;1;USOIL;buy;1;64.250;;;2026.02.03 10:30:12;64.350;0;0;100\n")
                        .rejected())
                .singleElement()
                .asString()
                .contains("64.25 or 64250");
    }

    @Test
    void a_column_with_both_decimal_marks_decides_nothing() {
        ReadFile file = ReadFile.of(OWN
                + "A\tstocks\tLONG\t10.5\t11\t1\t2026-01-05 09:00\t2026-01-05 11:00\n"
                + "B\tstocks\tLONG\t10,5\t11\t1\t2026-01-05 09:00\t2026-01-05 11:00\n"
                + "C\tstocks\tLONG\t1,500\t1400\t1\t2026-01-05 09:00\t2026-01-05 11:00\n");

        assertThat(file.accepted()).hasSize(2);
        assertThat(file.rejected()).containsExactly("4: entryPrice 1,500 is unclear: 1.5 or 1500");
    }

    @Test
    void prices_of_the_same_asset_decide_and_that_is_said() {
        ReadFile file = ReadFile.of(OWN
                + "BTC/USD\tcrypto\tLONG\t64250\t65100\t2\t2026-01-05 09:00\t2026-01-05 11:00\n"
                + "BTC/USD\tcrypto\tLONG\t64,300\t65100\t1\t2026-01-06 09:00\t2026-01-06 11:00\n");

        assertThat(file.trades().get(1).entryPrice()).isEqualByComparingTo("64300");
        assertThat(file.notices()).singleElement().asString().startsWith("3: has numbers with two readings");
    }

    @Test
    void prices_of_the_same_asset_that_contradict_the_column_make_it_unclear() {
        ReadFile file = ReadFile.of(OWN
                + "BTC/USD\tcrypto\tLONG\t64250\t65100\t2\t2026-01-05 09:00\t2026-01-05 11:00\n"
                + "F\tstocks\tLONG\t11,2\t11,3\t1\t2026-01-05 09:00\t2026-01-05 11:00\n"
                + "BTC/USD\tcrypto\tLONG\t64,300\t65,100\t1\t2026-01-06 09:00\t2026-01-06 11:00\n");

        assertThat(file.accepted()).hasSize(2);
        assertThat(file.rejected()).singleElement().asString().contains("64.3 or 64300");
    }

    @Test
    void the_stated_profit_decides() {
        ReadFile file = ReadFile.of("asset;assetType;direction;entryPrice;exitPrice;size;openedAt;closedAt;pnl\n"
                + "BTC/USD;crypto;LONG;64.250;64.350;2;2026-01-05 09:00;2026-01-05 11:00;200\n"
                + "CL;futures;LONG;64.250;64.350;1.000;2026-01-05 09:00;2026-01-05 11:00;100\n");

        assertThat(file.accepted()).singleElement().satisfies(trade -> assertNumbers(trade, "64250", "64350", "2"));
        assertThat(file.rejected()).singleElement().asString().startsWith("3: ").contains("64.25 or 64250");
    }

    @Test
    void a_file_separated_by_commas_has_decimal_dots_unless_it_shows_otherwise() {
        String header = OWN.replace('\t', ',');

        assertNumbers(
                ReadFile.of(header + "EURUSD,forex,LONG,1.105,1.205,1000,2026-01-05 09:00,2026-01-05 11:00")
                        .trade(),
                "1.105",
                "1.205",
                "1000");
        assertThat(ReadFile.of(header + "SAP,stocks,LONG,\"64,250\",\"64,350\",10,2026-01-05 09:00,2026-01-05 11:00")
                        .rejected())
                .hasSize(1);
        assertNumbers(
                ReadFile.of(header + "SAP,stocks,LONG,\"64,25\",\"1.064,350\",10,2026-01-05 09:00,2026-01-05 11:00")
                        .trade(),
                "64.25",
                "1064.35",
                "10");
    }

    @Test
    void a_number_that_a_spreadsheet_rounded_is_refused() {
        assertThat(ReadFile.of(OWN + "S\tcrypto\tLONG\t1.23457E-05\t2\t1\t2026-01-05 09:00\t2026-01-05 11:00")
                        .rejected())
                .containsExactly("2: entryPrice 1.23457E-05 was rounded by a spreadsheet");
    }

    @Test
    void the_brokers_profit_is_kept_to_the_cent_where_the_prices_say_another() {
        ReadFile file = ReadFile.of(METATRADER
                + "2026.02.04 08:00:00;41;GBPUSD;buy;0.01;1.36502;;;2026.02.04 08:05:00;1.36503;0.00;0.00;0.00\n"
                + "2026.02.04 09:00:00;42;XAUUSD;buy;0.29;4\u00a0911.17;;;2026.02.04 09:05:00;4\u00a0932.44;-0.33;0.00;617.83\n"
                + "2026.02.04 09:00:00;43;US30;sell;3;40000;;;2026.02.04 09:05:00;40000;-0.01;0.00;0.35\n");

        assertThat(file.netPnl()).isEqualByComparingTo("617.84");
        assertThat(file.brokerPnl()).isEqualByComparingTo("0");
        assertThat(file.trades().get(1).entryPrice()).isEqualByComparingTo("4911.17");
    }

    @Test
    void a_trade_may_end_worthless_but_not_begin_so() {
        ReadFile file = ReadFile.of(OWN
                + "XYZ-P20\tstocks\tSHORT\t0.55\t0\t300\t2026-01-05 09:00\t2026-01-16 21:00\n"
                + "LUNA\tcrypto\tLONG\t0\t1\t300\t2026-01-05 09:00\t2026-01-16 21:00\n");

        assertThat(file.netPnl()).isEqualByComparingTo("165");
        assertThat(file.rejected()).singleElement().asString().startsWith("3: entryPrice is more than 0");
    }

    private static void assertNumbers(TradeFields trade, String entry, String exit, String size) {
        assertThat(trade.entryPrice()).isEqualByComparingTo(entry);
        assertThat(trade.exitPrice()).isEqualByComparingTo(exit);
        assertThat(trade.size()).isEqualByComparingTo(size);
    }

    @Test
    void a_decimal_comma_that_divides_a_cell_in_two_is_seen() {
        ReadFile file = ReadFile.of("asset,assetType,direction,openedAt,entryPrice,size\n"
                + "EURUSD,forex,LONG,2026-01-31 15:45,1,10,100000\n"
                + "EURUSD,forex,LONG,2026-01-31 15:45,1.10,100000,,\n");

        assertThat(file.accepted())
                .singleElement()
                .satisfies(trade -> assertThat(trade.entryPrice()).isEqualByComparingTo("1.10"));
        assertThat(file.rejected()).singleElement().asString().contains("2: has more cells than the header line");
    }

    @Test
    void no_pair_of_currencies_costs_thousands_whatever_the_other_columns_show() {
        String header = "Time;Position;Symbol;Type;Volume;Price;S / L;T / P;Time;Price;Commission;Swap;Profit\n";
        String line = ";82;%s;buy;0,10;156.204;;;2026.03.10 11:00:00;156.304;-0,70;0,00;6,40\n";

        assertThat(ReadFile.of(header + "2026.03.10 10:00:00" + line.formatted("GBPJPY"))
                        .rejected())
                .singleElement()
                .asString()
                .contains("Price 156.204 is unclear: 156.204 or 156204");
        assertThat(ReadFile.of(header + "2026.03.10 10:00:00" + line.formatted("US30"))
                        .trade()
                        .entryPrice())
                .isEqualByComparingTo("156204");
    }
}
