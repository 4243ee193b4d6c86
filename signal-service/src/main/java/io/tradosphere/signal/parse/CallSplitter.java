package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.AssetFinder.Mention;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** Divides a text with several calls, so that each is read apart: by its assets, its paragraphs or its lines. */
final class CallSplitter {

    private final Reading whole;
    private final List<Token> tokens;

    private CallSplitter(Reading whole) {
        this.whole = whole;
        this.tokens = whole.tokens();
    }

    /**
     * The calls of a text, in its order; fewer than two if it cannot be divided. Calls told twice are one.
     *
     * @param byAsset its calls by asset
     */
    static List<Reading> split(Reading whole, List<Reading> byAsset) {
        if (byAsset.size() > 1 || whole.directions().count() < 2) {
            return byAsset;
        }
        CallSplitter splitter = new CallSplitter(whole);
        List<Reading> byParagraph = splitter.calls(Sentences.paragraphs(splitter.tokens), true);
        if (byParagraph.size() > 1) {
            return byParagraph;
        }
        List<Reading> byLine = splitter.calls(Sentences.lines(splitter.tokens), true);
        return byLine.size() > 1 ? byLine : byAsset.isEmpty() ? byParagraph : byAsset;
    }

    /** The calls of a text that names several assets, each read from what is said of one; empty if it names one. */
    static List<Reading> byAsset(Reading whole) {
        CallSplitter splitter = new CallSplitter(whole);
        return splitter.calls(splitter.assets(), false);
    }

    private List<Reading> calls(BitSet starts, boolean complete) {
        List<Reading> calls = new ArrayList<>();
        if (starts.isEmpty()) {
            return calls;
        }
        int from = 0;
        while (from < tokens.size()) {
            int next = starts.nextSetBit(from + 1);
            int to = next < 0 ? tokens.size() : next;
            Reading part = Reading.of(tokens.subList(from, to));
            if (isCall(part, complete) && calls.stream().noneMatch(other -> isSame(part, other))) {
                calls.add(part);
            }
            from = to;
        }
        return calls;
    }

    /** Whether a part is a call without the rest of the text. */
    private static boolean isCall(Reading part, boolean complete) {
        boolean priced = part.statesDirection() && (complete ? part.isComplete() : part.hasPrice());
        return (priced || part.asset() != null && part.isWhole())
                && (complete || part.asset() != null)
                && KindFinder.find(part).kind() == MessageKind.CALL;
    }

    private static boolean isSame(Reading one, Reading other) {
        return Objects.equals(one.idea().up(), other.idea().up())
                && Objects.equals(one.idea().entry(), other.idea().entry())
                && Objects.equals(one.idea().stop(), other.idea().stop())
                && one.idea().targets().equals(other.idea().targets());
    }

    /** The places where the text turns to another asset. */
    private BitSet assets() {
        BitSet starts = new BitSet();
        Mention before = null;
        for (Mention mention : whole.assets().mentions()) {
            if (before != null && !before.subject().equals(mention.subject())) {
                starts.set(start(mention.at()));
            }
            before = mention;
        }
        return starts;
    }

    /** The place where what is said of the asset begins: its direction may stand before it, on a line of its own. */
    private int start(int asset) {
        int start = asset;
        while (start > 0 && leads(start - 1)) {
            start--;
        }
        int line = start - 1;
        if (line > 0 && isNewLine(line)) {
            int above = line;
            while (above > 0 && !isNewLine(above - 1) && isOrderOrSign(above - 1)) {
                above--;
            }
            boolean orders = above < line
                    && (above == 0 || isNewLine(above - 1))
                    && tokens.subList(above, line).stream()
                            .anyMatch(token -> token instanceof Word word && word.bias() != null);
            start = orders ? above : start;
        }
        return start;
    }

    private boolean leads(int i) {
        if (tokens.get(i) instanceof NumberToken) {
            boolean counts = i == 0 || isNewLine(i - 1);
            return counts || tokens.get(i - 1) instanceof Word word && word.bias() != null;
        }
        return isOrderOrSign(i) && !isNewLine(i);
    }

    private boolean isOrderOrSign(int i) {
        if (tokens.get(i) instanceof Mark mark) {
            return !mark.ends()
                    && mark.sign() != Sign.NEWLINE
                    && mark.sign() != Sign.COMMA
                    && mark.sign() != Sign.PERCENT
                    && mark.sign() != Sign.SLASH;
        }
        return tokens.get(i) instanceof Word word
                && (word.bias() != null
                        || word.senses().isEmpty()
                                && !Character.isLetterOrDigit(word.text().codePointAt(0)));
    }

    private boolean isNewLine(int i) {
        return i >= 0 && tokens.get(i) instanceof Mark mark && mark.sign() == Sign.NEWLINE;
    }
}
