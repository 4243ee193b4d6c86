package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Figure;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import io.tradosphere.signal.parse.Vocabulary.Lean;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Which way a call goes, and which of its words say so. */
final class Directions {

    private static final String FIELD = "direction";
    private static final Set<String> AFTER =
            Set.of("TERM", "SQUEEZE", "AS", "RUN", "TIME", "OF", "WICK", "INTEREST", "TRAP", "MARKET", "BODY", "LIVED");
    private static final Set<String> BEFORE = Set.of("AS", "SO", "HOW", "TOO");
    private static final int PLAINEST = 0;
    private static final int VAGUEST = 3;

    private final List<Token> tokens;
    private final Lean[] leans;
    private final BitSet closing = new BitSet();
    private final int first;
    private boolean negated;

    Directions(List<Token> tokens) {
        this.tokens = tokens;
        this.leans = new Lean[tokens.size()];
        Lean order = null;
        for (int i = 0; i < leans.length; i++) {
            Lean lean = tokens.get(i) instanceof Word word ? Vocabulary.lean(word.key()) : null;
            if (lean == null || isPhrase(lean, i)) {
                continue;
            }
            if (isNegated(i)) {
                negated = true;
            } else if (order != null && lean.rank() == 1 && lean.isUp() != order.isUp() && leadsToFigure(i)) {
                closing.set(i);
            } else {
                leans[i] = lean;
                order = order == null && lean.rank() <= 1 ? lean : order;
            }
        }
        first = findFirst();
    }

    /** Whether the word at this place says which way the call goes. */
    boolean pointsAt(int index) {
        return index >= 0 && leans[index] != null;
    }

    /** Whether the word at this place is the order that ends the trade, such as the {@code sell} of "buy 100 sell 110". */
    boolean closesAt(int index) {
        return closing.get(index);
    }

    /** Where the first plain word of direction is; -1 if there is none. */
    int first() {
        return first;
    }

    private int findFirst() {
        for (int rank = PLAINEST; rank <= VAGUEST; rank++) {
            for (int i = 0; i < leans.length; i++) {
                if (leans[i] != null && leans[i].rank() == rank) {
                    return i;
                }
            }
        }
        return -1;
    }

    /**
     * Whether the call is for rising prices; null when the text does not say, or says both.
     *
     * @param doubts told what is unsure
     */
    Boolean decide(List<Doubt> doubts) {
        for (int rank = PLAINEST; rank <= VAGUEST; rank++) {
            List<Boolean> ways = new ArrayList<>();
            for (Lean lean : leans) {
                if (lean != null && lean.rank() == rank && !ways.contains(lean.isUp())) {
                    ways.add(lean.isUp());
                }
            }
            if (ways.size() == 2) {
                doubts.add(new Doubt(FIELD, "the text speaks of both directions"));
                return null;
            }
            if (ways.size() == 1) {
                if (rank == VAGUEST) {
                    doubts.add(new Doubt(FIELD, "only a picture says it"));
                }
                return ways.get(0);
            }
        }
        if (negated) {
            doubts.add(new Doubt(FIELD, "the text only says which direction it is not"));
        }
        return null;
    }

    /** "Short term", "as long as". */
    private boolean isPhrase(Lean lean, int index) {
        boolean hyphen =
                index + 1 < tokens.size() && tokens.get(index + 1) instanceof Mark mark && mark.sign() == Sign.DASH;
        return lean.rank() != 1 && (has(AFTER, index + (hyphen ? 2 : 1)) || has(BEFORE, index - 1));
    }

    private boolean isNegated(int index) {
        return index > 0 && tokens.get(index - 1) instanceof Word word && Vocabulary.negates(word.key());
    }

    private boolean leadsToFigure(int index) {
        for (int i = index + 1; i < tokens.size() && i <= index + 3; i++) {
            if (tokens.get(i) instanceof Figure) {
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
