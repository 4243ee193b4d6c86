package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the direction of a trade idea, and the words that state it. */
final class Directions {

    private static final String FIELD = "direction";
    private static final Set<String> AFTER =
            Set.of("TERM", "SQUEEZE", "AS", "RUN", "TIME", "OF", "WICK", "INTEREST", "TRAP", "MARKET", "BODY", "LIVED");
    private static final Set<String> BEFORE = Set.of("AS", "SO", "HOW", "TOO");
    /** The number of words between a negation and a direction that it excludes, and the negation itself. */
    private static final int NEGATION_REACH = 2;

    private static final int PLAINEST = 0;
    private static final int VAGUEST = 3;

    private final List<Token> tokens;
    private final Bias[] biases;
    private final BitSet closing = new BitSet();
    private final int first;
    private boolean negated;

    Directions(List<Token> tokens) {
        this.tokens = tokens;
        this.biases = new Bias[tokens.size()];
        Bias order = null;
        for (int i = 0; i < biases.length; i++) {
            Bias bias = tokens.get(i) instanceof Word word ? word.bias() : null;
            if (bias == null || isPhrase(bias, i)) {
                continue;
            }
            if (isNegated(i)) {
                negated = true;
            } else if (order != null && bias.rank() == 1 && bias.isUp() != order.isUp() && leadsToNumber(i)) {
                closing.set(i);
            } else {
                biases[i] = bias;
                order = order == null && bias.rank() <= 1 ? bias : order;
            }
        }
        first = findFirst();
    }

    /** Whether the word at this place states the direction. */
    boolean pointsAt(int index) {
        return index >= 0 && index < biases.length && biases[index] != null;
    }

    /** Whether the word at this place is the closing order, such as the {@code sell} of "buy 100 sell 110". */
    boolean closesAt(int index) {
        return closing.get(index);
    }

    /** The place of the plainest direction word, the first of them; -1 if there is none. */
    int first() {
        return first;
    }

    /** Whether the text excludes a direction, as in "don't buy". */
    boolean isNegated() {
        return negated;
    }

    /** The number of words that state a direction or close the trade. */
    int count() {
        return (int) Stream.of(biases).filter(Objects::nonNull).count() + closing.cardinality();
    }

    /** How plainly the direction is stated; the greatest number if it is not. */
    int rank() {
        return first < 0 ? Integer.MAX_VALUE : biases[first].rank();
    }

    private int findFirst() {
        for (int rank = PLAINEST; rank <= VAGUEST; rank++) {
            for (int i = 0; i < biases.length; i++) {
                if (biases[i] != null && biases[i].rank() == rank) {
                    return i;
                }
            }
        }
        return -1;
    }

    /**
     * Whether the trade idea is LONG; null when the text does not say, or says both.
     *
     * @param uncertainties receives what is uncertain
     */
    Boolean decide(List<Uncertainty> uncertainties) {
        for (int rank = PLAINEST; rank <= VAGUEST; rank++) {
            List<Boolean> ways = new ArrayList<>();
            for (Bias bias : biases) {
                if (bias != null && bias.rank() == rank && !ways.contains(bias.isUp())) {
                    ways.add(bias.isUp());
                }
            }
            if (ways.size() == 2) {
                uncertainties.add(new Uncertainty(FIELD, "the text states both directions"));
                return null;
            }
            if (ways.size() == 1) {
                if (rank == VAGUEST) {
                    uncertainties.add(new Uncertainty(FIELD, "only an emoji states it"));
                }
                return ways.get(0);
            }
        }
        if (negated) {
            uncertainties.add(new Uncertainty(FIELD, "the text only excludes a direction"));
        }
        return null;
    }

    /** Whether the word is part of a phrase such as "short term" or "as long as". */
    private boolean isPhrase(Bias bias, int index) {
        boolean hyphen =
                index + 1 < tokens.size() && tokens.get(index + 1) instanceof Mark mark && mark.sign() == Sign.DASH;
        return bias.rank() != 1 && (has(AFTER, index + (hyphen ? 2 : 1)) || has(BEFORE, index - 1));
    }

    private boolean isNegated(int index) {
        for (int i = index - 1; i >= 0 && i >= index - NEGATION_REACH && tokens.get(i) instanceof Word word; i--) {
            if (word.is(Sense.NEGATION)) {
                return true;
            }
        }
        return false;
    }

    private boolean leadsToNumber(int index) {
        for (int i = index + 1; i < tokens.size() && i <= index + 3; i++) {
            if (tokens.get(i) instanceof NumberToken) {
                return true;
            }
            if (tokens.get(i) instanceof Mark mark && mark.sign() == Sign.NEWLINE) {
                return false;
            }
        }
        return false;
    }

    private boolean has(Set<String> words, int index) {
        return index >= 0
                && index < tokens.size()
                && tokens.get(index) instanceof Word word
                && words.contains(word.key());
    }
}
