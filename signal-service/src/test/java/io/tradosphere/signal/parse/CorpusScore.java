package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Compares what is read with what people labelled, field by field. */
final class CorpusScore {

    private final Map<String, Count> fields = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private int messages;
    private int rightlyCallOrNot;
    private int numbers;
    private int wrongAtHigh;
    private int wrongWithoutDoubt;

    private static final class Count {
        private int read;
        private int labelled;
        private int right;
    }

    void add(LabelledMessage message, ParsedSignal answer) {
        messages++;
        boolean call = answer.kind() == MessageKind.CALL || answer.kind() == MessageKind.SEVERAL;
        rightlyCallOrNot += call == message.isCall() ? 1 : 0;
        count(message, "kind", message.kind(), answer.kind());
        List<ParsedCall> calls = calls(answer);
        for (int i = 0; i < Math.max(calls.size(), message.calls().size()); i++) {
            LabelledMessage.Call label =
                    i < message.calls().size() ? message.calls().get(i) : null;
            add(message, label, i < calls.size() ? calls.get(i) : null);
        }
    }

    int messages() {
        return messages;
    }

    double callOrNot() {
        return (double) rightlyCallOrNot / messages;
    }

    int wrongAtHigh() {
        return wrongAtHigh;
    }

    double wrongWithoutDoubt() {
        return (double) wrongWithoutDoubt / numbers;
    }

    /** The figures and the mistakes, for the log. */
    String report() {
        StringBuilder report = new StringBuilder(String.format(
                Locale.ROOT,
                "%d messages, call or not right %.1f %%, %d numbers read, wrong at high %d, wrong without a doubt %d%n",
                messages,
                100 * callOrNot(),
                numbers,
                wrongAtHigh,
                wrongWithoutDoubt));
        fields.forEach((name, count) -> report.append(String.format(
                Locale.ROOT,
                "  %-10s precision %5.1f %%  recall %5.1f %%%n",
                name,
                100.0 * count.right / Math.max(1, count.read),
                100.0 * count.right / Math.max(1, count.labelled))));
        mistakes.forEach(mistake -> report.append("  ").append(mistake).append(System.lineSeparator()));
        return report.toString();
    }

    private void add(LabelledMessage message, LabelledMessage.Call label, ParsedCall answer) {
        count(message, "symbol", label == null ? null : label.symbol(), answer == null ? null : answer.assetSymbol());
        count(
                message,
                "direction",
                label == null ? null : label.direction(),
                answer == null ? null : answer.direction());
        number(
                message,
                answer,
                "entryPrice",
                label == null ? null : label.entry(),
                answer == null ? null : answer.entryPrice());
        number(
                message,
                answer,
                "stopLoss",
                label == null ? null : label.stop(),
                answer == null ? null : answer.stopLoss());
        List<BigDecimal> wanted = label == null ? List.of() : label.targets();
        List<BigDecimal> read = answer == null ? List.of() : targets(answer);
        for (int i = 0; i < Math.max(wanted.size(), read.size()); i++) {
            number(
                    message,
                    answer,
                    i == 0 ? "targetPrice" : "otherTargets",
                    i < wanted.size() ? wanted.get(i) : null,
                    i < read.size() ? read.get(i) : null);
        }
    }

    private void number(LabelledMessage message, ParsedCall answer, String field, BigDecimal wanted, BigDecimal read) {
        boolean right = count(message, field, stripped(wanted), stripped(read));
        if (read == null) {
            return;
        }
        numbers++;
        if (!right) {
            wrongAtHigh += answer.aiConfidence().equals("high") ? 1 : 0;
            boolean doubted = answer.unsure().stream()
                    .anyMatch(unsure ->
                            unsure.field().equals(field) || unsure.field().equals("kind"));
            wrongWithoutDoubt += doubted ? 0 : 1;
            mistakes.set(
                    mistakes.size() - 1,
                    (doubted ? "doubted, " : "WITHOUT A DOUBT, ") + mistakes.get(mistakes.size() - 1));
        }
    }

    private boolean count(LabelledMessage message, String field, Object wanted, Object read) {
        Count count = fields.computeIfAbsent(field, name -> new Count());
        boolean right = Objects.equals(wanted, read);
        count.labelled += wanted == null ? 0 : 1;
        count.read += read == null ? 0 : 1;
        count.right += right && wanted != null ? 1 : 0;
        if (!right) {
            mistakes.add(field + " " + read + ", not " + wanted + ": "
                    + message.text().replace("\n", "⏎"));
        }
        return right;
    }

    private static List<ParsedCall> calls(ParsedSignal answer) {
        if (answer.kind() == MessageKind.SEVERAL) {
            return answer.calls();
        }
        boolean empty = answer.kind() != MessageKind.CALL;
        return empty
                ? List.of()
                : List.of(new ParsedCall(
                        answer.assetSymbol(),
                        answer.assetType(),
                        answer.direction(),
                        answer.entryPrice(),
                        answer.targetPrice(),
                        answer.stopLoss(),
                        answer.positionSize(),
                        answer.timeframe(),
                        answer.otherTargets(),
                        answer.aiConfidence(),
                        answer.unsure()));
    }

    private static List<BigDecimal> targets(ParsedCall answer) {
        return Stream.concat(
                        Stream.of(answer.targetPrice()).filter(Objects::nonNull),
                        answer.otherTargets().stream().map(BigDecimal::new))
                .toList();
    }

    private static BigDecimal stripped(BigDecimal number) {
        return number == null ? null : Decimals.stripped(number);
    }
}
