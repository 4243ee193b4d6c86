package io.tradosphere.signal.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties that hold for every text, checked on random texts. */
class SignalReaderPropertyTest {

    private static final int TEXTS = 5_000;
    private static final int LONGEST = 10_000;
    private static final Duration PLENTY = Duration.ofSeconds(10);
    private static final String UNSEEN = "[\\p{Cf}\\p{Mn}\\p{Cs}[\\p{Cc}&&\\S]]";
    private static final List<String> PIECES = List.of(
            "long ",
            "short ",
            "BUY ",
            "sell ",
            "BTC",
            "ETH/USD",
            "$TSLA ",
            "EURUSD ",
            "ES ",
            " tp ",
            " TP1: ",
            "sl ",
            "stop loss ",
            "entry ",
            "zone ",
            "target ",
            "@ ",
            "-",
            " - ",
            "→",
            "->",
            " to ",
            "/",
            ", ",
            ". ",
            "\n",
            ":",
            "(",
            ")",
            "|",
            "+",
            "~",
            "#",
            "64k",
            "70,000",
            "61.500",
            "64.250,50",
            "64,250.50",
            "1.234.567",
            "1,234",
            "0.085",
            ".5",
            "3 250",
            " 000",
            "12/05/2026",
            "14:30",
            "1:3",
            "10x",
            "x20",
            "15m",
            "4H ",
            "daily ",
            "swing ",
            "100 shares ",
            "BE",
            "breakeven ",
            "move SL to ",
            "no ",
            "don't ",
            "TP1️⃣",
            "🎯",
            "🛑",
            "🚀",
            "🟢",
            "\u00a0",
            "\u200b",
            "’",
            "'",
            "\0",
            "\ud800",
            "٣",
            "½",
            "0.0₅850",
            "①",
            "hit ",
            "closed ",
            "? ",
            "\n\n",
            "ETH ",
            "做多",
            "止损",
            "प्रवेश ",
            "𝟲𝟰",
            "７０",
            "1e9",
            "0x3f",
            "http://x.y/1234 ",
            "RR ",
            "size ",
            "qty 3 ",
            "und ",
            "Ziel ",
            "9999999999999",
            "0",
            "00",
            "1",
            "2",
            "7",
            "42",
            "105.5");

    @Test
    void every_result_is_consistent_for_any_text() {
        Random random = new Random(20261124);
        for (int n = 0; n < TEXTS; n++) {
            String text = text(random);

            ParsedSignal signal = SignalReader.read(text);

            String shown = text + " gives " + signal;
            assertThat(numbersOf(text)).as(shown).containsAll(pricesOf(signal));
            assertThat(fits(signal)).as(shown).isTrue();
            assertThat(signal).as(shown).isEqualTo(SignalReader.read(text));
            assertThat(signal.assetSymbol() == null || signal.assetSymbol().matches("[!-~]{1,32}"))
                    .as(shown)
                    .isTrue();
            assertThat(signal.assetSymbol() == null).as(shown).isEqualTo(signal.assetType() == null);
            assertThat(signal.aiConfidence()).as(shown).isIn("high", "medium", "low");
            assertThat(signal.calls().size() > 1).as(shown).isEqualTo(signal.kind() == MessageKind.SEVERAL);
            assertThat(signal.kind() == MessageKind.CALL || pricesOf(signal).isEmpty())
                    .as(shown)
                    .isTrue();
            assertThat(numbersOf(text)).as(shown).containsAll(pricesOfCalls(signal));
            assertThat(signal.unsure().isEmpty() || !signal.aiConfidence().equals("high"))
                    .as(shown)
                    .isTrue();
            assertThat(pricesOf(signal))
                    .as(shown)
                    .allMatch(price ->
                            price.signum() > 0 && price.scale() <= 8 && price.precision() - price.scale() <= 12);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1 ",
                "000 ",
                "100 ",
                "1.",
                "1,",
                "1'",
                "1.234,",
                "tp 1 ",
                "tp1 ",
                "sl 5% ",
                "tp 5% ",
                "1/",
                "1-",
                "1:1 ",
                "(",
                "@",
                "->",
                "=>",
                "long ",
                "short not ",
                "stop ",
                "stop to ",
                "take profit ",
                "$A ",
                "#BTC ",
                "BTC/USD ",
                "BTC/ETH/",
                "a",
                "A",
                "a.b",
                "a'",
                "\n",
                " ",
                "🎯",
                "1\u20e3",
                "é",
                "e\u0301",
                "\ufdfa",
                "http://",
                "12/05/2026 ",
                "1m ",
                "move sl to 1 ",
                "entry 1 to ",
                "entry 1-2 ",
                "TP 1) 2 ",
                "64-65k ",
                "0.1.2",
                "\ud83d",
                "1x1",
                "buy 1 sell 1 ",
                "1,234 ",
                "@1 ",
                "hit tp ",
                "if hit ",
                "move ",
                "buy ETH 1 sl 2 sell BTC 3 sl 4 ",
                "long BTC 1 tp 2\n",
                "做多",
                "止盈到",
                "take profit ",
                "0.0₅8 ",
                "½",
                "?",
                "✅"
            })
    void any_text_of_10000_characters_is_parsed_quickly(String piece) {
        String text = piece.repeat(LONGEST / piece.length());

        assertTimeoutPreemptively(PLENTY, () -> {
            for (int again = 0; again < 3; again++) {
                SignalReader.read(text);
                SignalReader.read("long BTC 64k tp 70k " + text);
            }
        });
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(14);
        for (int i = 0; i < pieces; i++) {
            text.append(
                    random.nextInt(12) == 0
                            ? String.valueOf((char) random.nextInt(0x3000))
                            : PIECES.get(random.nextInt(PIECES.size())));
            text.append(random.nextBoolean() ? " " : "");
        }
        return text.toString().replace('%', ' ');
    }

    private static List<BigDecimal> pricesOf(ParsedSignal signal) {
        return Stream.concat(
                        Stream.of(signal.entryPrice(), signal.targetPrice(), signal.stopLoss()),
                        signal.otherTargets().stream().map(BigDecimal::new))
                .filter(Objects::nonNull)
                .map(Decimals::stripped)
                .toList();
    }

    private static List<BigDecimal> pricesOfCalls(ParsedSignal signal) {
        return signal.calls().stream()
                .flatMap(call -> Stream.concat(
                        Stream.of(call.entryPrice(), call.targetPrice(), call.stopLoss()),
                        call.otherTargets().stream().map(BigDecimal::new)))
                .filter(Objects::nonNull)
                .map(Decimals::stripped)
                .toList();
    }

    private static boolean fits(ParsedSignal signal) {
        if (signal.direction() == null) {
            return true;
        }
        int up = signal.direction().equals("LONG") ? 1 : -1;
        return isAhead(up, signal.entryPrice(), signal.targetPrice())
                && isAhead(up, signal.stopLoss(), signal.entryPrice())
                && isAhead(up, signal.stopLoss(), signal.targetPrice())
                && signal.otherTargets().stream()
                        .allMatch(other -> isAhead(up, signal.entryPrice(), new BigDecimal(other)));
    }

    private static boolean isAhead(int up, BigDecimal from, BigDecimal to) {
        return from == null || to == null || up * to.compareTo(from) > 0;
    }

    /** Every number that any writer could mean by adjacent digits of the text. */
    private static Set<BigDecimal> numbersOf(String text) {
        String plain = Normalizer.normalize(TypedNumbers.of(text), Normalizer.Form.NFKC)
                .replaceAll(UNSEEN, "");
        Set<BigDecimal> numbers = new HashSet<>();
        for (String together : plain.split("[^0-9.,'’ ]+")) {
            List<String> groups = Stream.of(together.split("[^0-9]+", -1)).toList();
            for (int from = 0; from < groups.size(); from++) {
                for (int to = from + 1; to <= Math.min(groups.size(), from + 5); to++) {
                    for (int point = from; point <= to; point++) {
                        String number = String.join("", groups.subList(from, point)) + "."
                                + String.join("", groups.subList(point, to));
                        add(numbers, number, plain.toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return numbers;
    }

    private static void add(Set<BigDecimal> numbers, String number, String text) {
        if (number.length() > 1) {
            BigDecimal value = new BigDecimal("0" + number);
            numbers.add(Decimals.stripped(value));
            if (text.contains("k")) {
                numbers.add(Decimals.stripped(value.scaleByPowerOfTen(3)));
            }
            if (text.contains("m")) {
                numbers.add(Decimals.stripped(value.scaleByPowerOfTen(6)));
            }
        }
    }
}
