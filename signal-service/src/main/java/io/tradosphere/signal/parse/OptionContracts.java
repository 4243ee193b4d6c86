package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.List;
import java.util.Set;

/** Finds contracts of options in a text. */
final class OptionContracts {

    private static final int LEAST_STRIKE = 20;
    private static final int DATE_REACH = 5;
    private static final int LONGEST_TICKER = 5;
    private static final Set<String> SIDES = Set.of("C", "P");
    private static final Set<String> INDIAN_SIDES = Set.of("CE", "PE");

    private final Reading reading;
    private final List<Token> tokens;
    private final Statements statements;

    OptionContracts(Reading reading, Statements statements) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.statements = statements;
    }

    /** Whether it is about an option. */
    boolean areNamed() {
        return statements.any(
                i -> statements.is(i, Sense.OPTION) && !statements.sentences().has(Sense.NEGATION, i - 2, i)
                        || statements.is(i, Sense.CONTRACT) && (isStrike(i - 1) || isStockName(i - 1))
                        || isGluedStrike(i));
    }

    private boolean isStrike(int i) {
        return i >= 0
                && tokens.get(i) instanceof NumberToken number
                && number.unit().isEmpty()
                && !(number.isWholeUpTo(LEAST_STRIKE - 1));
    }

    private boolean isStockName(int i) {
        return i >= 0
                && reading.assets().hasTaken(i)
                && reading.asset() != null
                && reading.asset().type().equals("stocks");
    }

    /** Whether a strike price such as 165P or 520c stands there: after the asset. */
    private boolean isGluedStrike(int i) {
        return i > 0
                && tokens.get(i) instanceof NumberToken number
                && (SIDES.contains(number.unitKey()) && isSoonAfterAsset(i) || INDIAN_SIDES.contains(number.unitKey()));
    }

    /** Whether only a date or a month stands between the asset and this token. */
    private boolean isSoonAfterAsset(int i) {
        for (int at = i - 1; at >= 0 && at >= i - DATE_REACH; at--) {
            if (reading.assets().hasTaken(at) || isTicker(tokens.get(at))) {
                return true;
            }
            boolean dated = tokens.get(at) instanceof NumberToken
                    || statements.isMark(at, Sign.SLASH)
                    || statements.is(at, Sense.MONTH)
                    || statements.is(at, Sense.DATE);
            if (!dated) {
                return false;
            }
        }
        return false;
    }

    /** Whether it looks like the symbol of a share that is not known. */
    private static boolean isTicker(Token token) {
        return token instanceof Word word
                && word.inCapitals()
                && word.senses().isEmpty()
                && word.text().length() <= LONGEST_TICKER;
    }
}
