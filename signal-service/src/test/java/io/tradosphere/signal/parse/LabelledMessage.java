package io.tradosphere.signal.parse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A message and what a person says it is, as in {@code corpus.txt}.
 *
 * @param kind what it is
 * @param calls its calls; empty if it is none
 * @param text with line breaks
 */
record LabelledMessage(MessageKind kind, List<Call> calls, String text) {

    private static final String NONE = "-";
    private static final int FIELDS = 5;

    /** A call as labelled; null for what the text does not say. */
    record Call(String symbol, String direction, BigDecimal entry, List<BigDecimal> targets, BigDecimal stop) {}

    /** All messages of the corpus. */
    static List<LabelledMessage> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                LabelledMessage.class.getResourceAsStream("corpus.txt"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(LabelledMessage::of)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whether it proposes a trade. */
    boolean isCall() {
        return !calls.isEmpty();
    }

    private static LabelledMessage of(String line) {
        String[] parts = line.split(" \\| ", 2);
        String[] label = parts[0].strip().split(" ", 3);
        List<Call> calls = label.length < 3
                ? List.of()
                : Stream.of(label[2].split(" ; ")).map(LabelledMessage::call).toList();
        return new LabelledMessage(
                MessageKind.valueOf(label[1].toUpperCase(Locale.ROOT)), calls, parts[1].replace('⏎', '\n'));
    }

    private static Call call(String label) {
        String[] fields = label.strip().split(" +");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("symbol, direction, entry, targets and stop are wanted: " + label);
        }
        return new Call(
                fields[0].equals(NONE) ? null : fields[0],
                fields[1].equals("L") ? "LONG" : fields[1].equals("S") ? "SHORT" : null,
                number(fields[2]),
                fields[3].equals(NONE)
                        ? List.of()
                        : Stream.of(fields[3].split(",")).map(BigDecimal::new).toList(),
                number(fields[4]));
    }

    private static BigDecimal number(String text) {
        return text.equals(NONE) ? null : new BigDecimal(text);
    }
}
