package io.tradosphere.signal.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignalReaderTest {

    @ParameterizedTest
    @MethodSource("parseCases")
    void what_traders_type_is_read(ParseCase parseCase) {
        assertThat(ParseCase.line(SignalReader.read(parseCase.typed()))).isEqualTo(parseCase.expected());
    }

    static List<ParseCase> parseCases() {
        return ParseCase.all();
    }

    @ParameterizedTest
    @CsvSource({
        "long BTC 64k tp 70k sl 61k size 0.25, 0.25",
        "long 0.5 BTC @ 64k, 0.5",
        "bought 100 AAPL at 187.40, 100",
        "long BTC 64k qty: 3, 3",
        "long BTC 64k risk 2%, ",
        "long BTC 64k, "
    })
    void the_position_size_is_read_where_it_is_stated(String text, BigDecimal size) {
        assertThat(SignalReader.read(text).positionSize()).isEqualTo(size);
    }

    @Test
    void of_an_entry_zone_the_least_favourable_end_is_taken_and_reported() {
        ParsedSignal signal = SignalReader.read("EURUSD buy zone 1.0850 - 1.0870 tp 1.0950 sl 1.0800");

        assertThat(signal.entryPrice()).isEqualByComparingTo("1.0870");
        assertThat(signal.unsure())
                .extracting(Uncertainty::field, Uncertainty::message)
                .containsExactly(
                        tuple("entryPrice", "the text has several; 1.087 is taken, which leaves the least to gain"));
    }

    @Test
    void an_ambiguous_number_is_reported_with_its_other_value() {
        assertThat(SignalReader.read("long gold 1,234").unsure())
                .contains(new Uncertainty("entryPrice", "1,234 is taken for 1234; it may be 1.234"));
        assertThat(SignalReader.read("long XRP 1.234").unsure())
                .containsExactly(new Uncertainty("entryPrice", "1.234 is taken for 1.234; it may be 1234"));
        assertThat(SignalReader.read("Kauf ETH bei 3.250").unsure())
                .containsExactly(new Uncertainty("entryPrice", "3.250 is taken for 3250; it may be 3.25"));
    }

    @Test
    void a_price_that_contradicts_the_direction_is_left_out_and_reported() {
        ParsedSignal signal = SignalReader.read("LONG BTC 64k TP 60k SL 66k");

        assertThat(signal.targetPrice()).isNull();
        assertThat(signal.stopLoss()).isNull();
        assertThat(signal.aiConfidence()).isEqualTo("low");
        assertThat(signal.unsure())
                .containsExactly(
                        new Uncertainty(
                                "targetPrice", "60000 is on the wrong side of the entry for a LONG, and left out"),
                        new Uncertainty(
                                "stopLoss", "66000 is on the wrong side of the entry for a LONG, and left out"));
    }

    @Test
    void a_percentage_is_computed_exactly() {
        ParsedSignal signal = SignalReader.read("short BTC/USD @ 64,250.50 tp 3.5% sl 1.25%");

        assertThat(signal.targetPrice()).isEqualByComparingTo("62001.7325");
        assertThat(signal.stopLoss()).isEqualByComparingTo("65053.63125");
    }

    @Test
    void a_percentage_over_100_of_a_short_gives_no_price() {
        ParsedSignal signal = SignalReader.read("short BTC 64000 tp 150%");

        assertThat(signal.targetPrice()).isNull();
        assertThat(signal.unsure()).extracting(Uncertainty::field).containsExactly("targetPrice");
    }
}
