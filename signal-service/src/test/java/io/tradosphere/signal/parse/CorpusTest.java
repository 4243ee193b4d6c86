package io.tradosphere.signal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The floor under what is read from labelled messages. The log has the figures. */
class CorpusTest {

    private static final int FEWEST_MESSAGES = 400;
    private static final double LEAST_CALL_OR_NOT = 0.98;
    private static final double MOST_WRONG_WITHOUT_DOUBT = 0.01;
    private static final int LONG_TEXT = 4_000;
    private static final int ROUNDS = 5;

    @Test
    void labelled_messages_are_read_without_wrong_numbers() {
        CorpusScore score = new CorpusScore();

        LabelledMessage.all().forEach(message -> score.add(message, SignalReader.read(message.text())));

        System.out.println(score.report());
        assertThat(score.messages()).isGreaterThanOrEqualTo(FEWEST_MESSAGES);
        assertThat(score.wrongAtHigh()).as(score.report()).isZero();
        assertThat(score.wrongWithoutDoubt()).as(score.report()).isLessThanOrEqualTo(MOST_WRONG_WITHOUT_DOUBT);
        assertThat(score.callOrNot()).as(score.report()).isGreaterThanOrEqualTo(LEAST_CALL_OR_NOT);
    }

    @Test
    void the_log_has_the_time_that_a_text_takes() {
        List<String> texts =
                LabelledMessage.all().stream().map(LabelledMessage::text).toList();
        List<String> longTexts = texts.stream()
                .map(text -> text.repeat(LONG_TEXT / text.length() + 1))
                .toList();

        System.out.println(times("messages", texts));
        System.out.println(times("the same, repeated to 4,000 characters", longTexts));

        assertThat(longTexts).allMatch(text -> text.length() >= LONG_TEXT);
    }

    /** The times of the last round; the first ones warm up. */
    private static String times(String what, List<String> texts) {
        long[] nanos = new long[texts.size()];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                SignalReader.read(texts.get(i));
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "parse of %d %s: median %.3f ms, p99 %.3f ms, slowest %.3f ms",
                nanos.length,
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }
}
