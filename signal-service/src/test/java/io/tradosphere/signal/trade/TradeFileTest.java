package io.tradosphere.signal.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradeFileTest {

    private static final String CHARACTERS = "=+-@\uFF1D'';\t\r\n,\"a ";

    /** The beginning of a cell or row, whichever of comma, semicolon and tab divides cells, and what makes it a formula. */
    private static final Pattern FORMULA = Pattern.compile("(^|[;\\t\\r\\n])[=+\\-@\\uFF1D]");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "=1+1 | '=1+1",
                "-2R and out | '-2R and out",
                "@me | '@me",
                "+1 | '+1",
                "'=1 | ''=1",
                "'quoted' | 'quoted'",
                "5-2=3 | 5-2=3",
                "late;=1 | late;'=1",
            })
    void a_text_that_a_spreadsheet_would_run_stands_after_an_apostrophe(String text, String cell) {
        assertThat(TradeFile.disarmed(text)).isEqualTo(cell);
        assertThat(TradeFile.text(cell)).isEqualTo(text);
    }

    @Test
    void any_text_comes_back_and_none_is_a_formula() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }

            String cell = TradeFile.disarmed(text.toString());

            assertThat(cell).as("%s", text).doesNotContainPattern(FORMULA);
            assertThat(TradeFile.text(cell)).isEqualTo(text.toString());
        }
    }
}
