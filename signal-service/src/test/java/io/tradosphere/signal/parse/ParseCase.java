package io.tradosphere.signal.parse;

import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.decimal.Decimals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text and its expected result, as in {@code parse-cases.txt}.
 *
 * @param text with {@code ⏎} for a line break
 * @param expected the result in one line
 */
record ParseCase(String text, String expected) {

    private static final String FILE = "parse-cases.txt";
    private static final String EXPECTED = "  = ";

    /** All cases of the file. */
    static List<ParseCase> all() {
        List<ParseCase> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(ParseCase.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            String text = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EXPECTED)) {
                    all.add(new ParseCase(text, line.substring(EXPECTED.length())));
                } else if (!line.equals("#") && !line.startsWith("# ")) {
                    text = line;
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all;
    }

    /** The text with line breaks. */
    String typed() {
        return text.replace('⏎', '\n');
    }

    /** A result in one line, in the format of the file. */
    static String line(ParsedSignal signal) {
        String fields = String.join(
                " ",
                shown(signal.assetSymbol()),
                shown(signal.assetType()),
                shown(signal.direction()),
                shown(signal.entryPrice()),
                shown(signal.targetPrice()),
                shown(signal.stopLoss()),
                shown(signal.timeframe()),
                signal.aiConfidence());
        String others = signal.otherTargets().isEmpty() ? "" : " [" + String.join(" ", signal.otherTargets()) + "]";
        String unsure =
                signal.unsure().stream().map(Uncertainty::field).distinct().collect(Collectors.joining(" "));
        String kind = signal.kind() == MessageKind.CALL ? "" : EnumText.of(signal.kind()) + ": ";
        return kind + fields + others + (unsure.isEmpty() ? "" : " unsure of: " + unsure);
    }

    private static String shown(String value) {
        return value == null ? "-" : value;
    }

    private static String shown(BigDecimal value) {
        return value == null ? "-" : Decimals.plain(value);
    }

    @Override
    public String toString() {
        return text;
    }
}
