package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Figure;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** The numbers of a text that may be prices or percentages, and how they stand together. */
final class Figures {

    /** How many tokens may stand between two members of a list. */
    private static final int GAP = 5;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Set<String> AT = Set.of("AT", "BEI", "OF", "OFF", "À", "DER", "VON", "PROFIT", "PROFITS");
    private static final Set<String> CURRENCIES =
            Set.of("USD", "USDT", "USDC", "EUR", "DOLLAR", "DOLLARS", "EURO", "EUROS");

    private final List<Token> tokens;
    private final BitSet usable = new BitSet();
    private final Prices prices;

    Figures(List<Token> tokens, Sieve sieve, Timeframes timeframes, AssetFinder assets) {
        this.tokens = tokens;
        List<Figure> candidates = new ArrayList<>();
        boolean foreign = false;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof Figure figure) {
                boolean may = !sieve.holdsBack(i) && !timeframes.hasTaken(i) && !assets.hasTaken(i);
                usable.set(i, may);
                if (may && !isPercent(i)) {
                    candidates.add(figure);
                }
            } else if (tokens.get(i) instanceof Word word) {
                foreign |= Vocabulary.isOfCommaWriters(word.key());
            }
        }
        this.prices = new Prices(candidates, foreign);
    }

    boolean isUsable(int i) {
        return usable.get(i);
    }

    boolean isPercent(int i) {
        return i + 1 < tokens.size() && tokens.get(i + 1) instanceof Mark mark && mark.sign() == Sign.PERCENT;
    }

    /** Whether it is the part of a position that is closed, such as the half of "TP 50% at 70k". */
    boolean isShare(int i) {
        if (!isPercent(i) || i + 2 >= tokens.size()) {
            return false;
        }
        return tokens.get(i + 2) instanceof Mark mark && mark.sign() == Sign.AT
                || tokens.get(i + 2) instanceof Word word && AT.contains(word.key());
    }

    /** The number that ends right before that token; -1 if there is none. */
    int before(int i) {
        int at = i >= 2 && isPercent(i - 2) ? i - 2 : i - 1;
        return at >= 0 && usable.get(at) ? at : -1;
    }

    /** The number before that one, however far; -1 if there is none. */
    int previous(int i) {
        return i <= 0 ? -1 : usable.previousSetBit(i - 1);
    }

    /** The first number from that token on; -1 if there is none before the end. */
    int next(int from, int end) {
        int next = usable.nextSetBit(from);
        return next < end ? next : -1;
    }

    /** The next member of the list or range that the number is in; -1 if it is the last. */
    int joined(int from, int end) {
        int gap = 0;
        for (int i = from + 1; i < end && gap < GAP; i++) {
            if (usable.get(i)) {
                if (isInBrackets(i)) {
                    continue;
                }
                return i;
            }
            if (!isGlue(tokens.get(i))) {
                return -1;
            }
            gap++;
        }
        return -1;
    }

    /** Whether a dash, a slash or a word such as "to" stands between the two. */
    boolean areRange(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (isMark(i, Sign.DASH) || isMark(i, Sign.SLASH)) {
                return true;
            }
            if (tokens.get(i) instanceof Word word && Vocabulary.joins(word.key())) {
                return true;
            }
        }
        return false;
    }

    /** Whether an arrow leads from the one to the other. */
    boolean areOnArrow(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (isMark(i, Sign.ARROW)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMark(int i, Sign sign) {
        return tokens.get(i) instanceof Mark mark && mark.sign() == sign;
    }

    /** The prices and percentages at these places, in their order; percentages among prices only comment on them. */
    List<Levels.Level> levels(List<Integer> places) {
        boolean percents = isPercent(places.get(0));
        List<Levels.Level> levels = new ArrayList<>();
        Figure unit = unit(places);
        for (int place : places) {
            Figure figure = (Figure) tokens.get(place);
            if (isPercent(place) != percents) {
                continue;
            }
            for (Price price : prices.of(percents ? figure : withUnit(figure, unit))) {
                levels.add(percents ? new Levels.Level(null, price.value()) : new Levels.Level(price, null));
            }
        }
        return levels;
    }

    /** A figure of the chain that has a unit, such as the k of {@code 64-65k}, which is meant for all; null if there is none. */
    private Figure unit(List<Integer> places) {
        for (int place : places) {
            Figure figure = (Figure) tokens.get(place);
            if (!figure.unit().isEmpty() && !isPercent(place)) {
                return figure;
            }
        }
        return null;
    }

    private static Figure withUnit(Figure figure, Figure unit) {
        if (unit == null || !figure.unit().isEmpty()) {
            return figure;
        }
        Figure scaled = new Figure(figure.digits(), unit.unit(), figure.money(), figure.apart());
        boolean far = NumberReader.read(figure) instanceof Reading.Sure plain
                && NumberReader.read(unit) instanceof Reading.Sure other
                && plain.value().multiply(HUNDRED).compareTo(other.value()) < 0;
        return far ? scaled : figure;
    }

    private boolean isInBrackets(int i) {
        return isPercent(i)
                && i > 0
                && tokens.get(i - 1) instanceof Mark mark
                && (mark.sign() == Sign.OPEN || mark.sign() == Sign.PLUS || mark.sign() == Sign.DASH);
    }

    /** What may stand between the members of a list. */
    private static boolean isGlue(Token token) {
        if (token instanceof Mark mark) {
            return mark.sign() != Sign.FULL_STOP && mark.sign() != Sign.AT;
        }
        if (token instanceof Word word) {
            return Vocabulary.joins(word.key())
                    || CURRENCIES.contains(word.key())
                    || !Character.isLetter(word.text().codePointAt(0));
        }
        return true;
    }
}
