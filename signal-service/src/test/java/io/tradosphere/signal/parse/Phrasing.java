package io.tradosphere.signal.parse;

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
 * A text, and what is to be read from it, as {@code phrasings.txt} has it.
 *
 * @param text with {@code ⏎} for the end of a line
 * @param reading the answer in a line
 */
record Phrasing(String text, String reading) {

    private static final String FILE = "phrasings.txt";
    private static final String READING = "  = ";

    /** All of the file. */
    static List<Phrasing> all() {
        List<Phrasing> all = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Phrasing.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            String text = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READING)) {
                    all.add(new Phrasing(text, line.substring(READING.length())));
                } else if (!line.equals("#") && !line.startsWith("# ")) {
                    text = line;
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all;
    }

    /** The text with its lines. */
    String typed() {
        return text.replace('⏎', '\n');
    }

    /** An answer in a line, as the file has it. */
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
        String unsure = signal.unsure().stream().map(Doubt::field).distinct().collect(Collectors.joining(" "));
        return fields + others + (unsure.isEmpty() ? "" : " unsure of: " + unsure);
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
