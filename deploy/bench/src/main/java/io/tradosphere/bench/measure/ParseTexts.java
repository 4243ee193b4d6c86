package io.tradosphere.bench.measure;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The texts of the parse case: the labelled messages of signal-service's tests, and long texts made to be slow. */
final class ParseTexts {

    /** The length of the long texts, in characters. */
    static final int LONG = 4_000;

    private static final Path CORPUS =
            Path.of("signal-service/src/test/resources/io/tradosphere/signal/parse/corpus.txt");

    /** Begin many things and end none: labels, numbers of all kinds, marks, orders, joined words, digits of other scripts. */
    private static final List<String> PIECES = List.of(
            "a",
            "1",
            "9.",
            "1,234.5 - ",
            "0.0\u2085",
            "- ",
            "(",
            "((((1 ",
            "TP ",
            "TP1: SL: entry ",
            "BTC ",
            "BTCUSDTPERP",
            "long short ",
            "buy ETH 3200 tp 3300 sl 3100 ",
            "buy ETH 3200 tp 3300 sl 3100\n\n",
            "LONG BTC 64k, TP 70k, SL 61k. ",
            "move SL to entry ",
            "if it closes below ",
            "cancel the ",
            ".\n",
            "1) 155 - 50%\n",
            "12/06/2026 14:05 ",
            "? ! . ",
            "+5% -3% ",
            "1/2/3/4/",
            "$",
            "\uD83D\uDE80",
            "\u0661\u0662\u0663 ",
            "\u4e70\u5165\u6bd4\u7279\u5e01",
            "e\u0301",
            "SPY 520C 12/20 @ 3.15 ");

    private ParseTexts() {}

    /** The labelled messages. */
    static List<String> messages(Path checkout) {
        try (Stream<String> lines = Files.lines(checkout.resolve(CORPUS), StandardCharsets.UTF_8)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 2)[1].replace('\u23ce', '\n'))
                    .toList();
        } catch (IOException e) {
            throw new StackException("Cannot read " + CORPUS + ": " + e.getMessage(), e);
        }
    }

    /** Long texts: each message, and each of the pieces, over and over. */
    static List<String> longTexts(Path checkout) {
        return Stream.concat(PIECES.stream(), messages(checkout).stream().map(text -> text + "\n"))
                .map(piece -> piece.repeat(LONG / piece.length() + 1))
                .map(ParseTexts::cut)
                .toList();
    }

    /** Without half of a character. */
    private static String cut(String text) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONG - 1)) ? LONG - 1 : LONG);
    }
}
