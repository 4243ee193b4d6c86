package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** The numbers of a text that may be prices or percentages, and how they are joined. */
final class NumberTokens {

    /** The maximum number of tokens between two members of a list. */
    private static final int GAP = 8;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Set<String> AT = Set.of("AT", "BEI", "OF", "OFF", "À", "DER", "VON", "PROFIT", "PROFITS");
    private static final Set<String> CURRENCIES =
            Set.of("USD", "USDT", "USDC", "EUR", "DOLLAR", "DOLLARS", "EURO", "EUROS");

    private final List<Token> tokens;
    private final NonPriceFilter filter;
    private final BitSet usable = new BitSet();
    private final Prices prices;

    NumberTokens(List<Token> tokens, NonPriceFilter filter, Timeframes timeframes, AssetFinder assets) {
        this.tokens = tokens;
        this.filter = filter;
        List<NumberToken> candidates = new ArrayList<>();
        boolean commaDecimals = false;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof NumberToken number) {
                boolean may = !filter.excludes(i) && !timeframes.hasTaken(i) && !assets.hasTaken(i);
                usable.set(i, may);
                if (may && !isPercent(i)) {
                    candidates.add(number);
                }
            } else if (tokens.get(i) instanceof Word word) {
                commaDecimals |= word.is(Sense.COMMA);
            }
        }
        this.prices = new Prices(candidates, commaDecimals);
    }

    boolean isUsable(int i) {
        return usable.get(i);
    }

    /** Whether the number at this place may be a price, but has no clear value. */
    boolean isUnclear(int i) {
        return filter.isUnclear(i);
    }

    /** Whether the number at this place is a distance, such as 50 pips. */
    boolean isDistance(int i) {
        return filter.isDistance(i);
    }

    boolean isPercent(int i) {
        return i + 1 < tokens.size() && isMark(i + 1, Sign.PERCENT)
                || i > 0
                        && isMark(i - 1, Sign.PERCENT)
                        && !tokens.get(i).spaceBefore()
                        && tokens.get(i - 1).spaceBefore();
    }

    /** Whether it is the share of a position to be closed, such as the 50% of "TP 50% at 70k". */
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

    /** The nearest usable number before that token, at any distance; -1 if there is none. */
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
            if (tokens.get(i) instanceof Word word && word.is(Sense.JOIN)) {
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

    /** The prices at these places, or the percentages if the first is one. Percentages among prices are ignored. */
    List<Levels.Member> levels(List<Integer> places) {
        boolean percents = isPercent(places.get(0));
        List<Levels.Member> levels = new ArrayList<>();
        NumberToken unit = unit(places);
        for (int place : places) {
            NumberToken number = (NumberToken) tokens.get(place);
            if (isPercent(place) != percents) {
                continue;
            }
            for (Price price : prices.of(percents ? number : withUnit(number, unit))) {
                levels.add(percents ? new Levels.Member(null, price.value()) : new Levels.Member(price, null));
            }
        }
        return levels;
    }

    /** The token whose unit applies to all, such as the k of {@code 64-65k}; null if none has a unit. */
    private NumberToken unit(List<Integer> places) {
        for (int place : places) {
            NumberToken number = (NumberToken) tokens.get(place);
            if (!number.unit().isEmpty() && !isPercent(place)) {
                return number;
            }
        }
        return null;
    }

    private static NumberToken withUnit(NumberToken number, NumberToken unit) {
        if (unit == null || !number.unit().isEmpty()) {
            return number;
        }
        NumberToken scaled = new NumberToken(number.digits(), unit.unit(), number.money(), number.spaceBefore());
        boolean far = NumberReader.read(number) instanceof NumberReading.Certain plain
                && NumberReader.read(unit) instanceof NumberReading.Certain other
                && plain.value().multiply(HUNDRED).compareTo(other.value()) < 0;
        return far ? scaled : number;
    }

    private boolean isInBrackets(int i) {
        return isPercent(i)
                && i > 0
                && tokens.get(i - 1) instanceof Mark mark
                && (mark.sign() == Sign.OPEN || mark.sign() == Sign.PLUS || mark.sign() == Sign.DASH);
    }

    /** Whether the token may stand between the members of a list. */
    private static boolean isGlue(Token token) {
        if (token instanceof Mark mark) {
            return !mark.ends() && mark.sign() != Sign.AT;
        }
        if (token instanceof Word word) {
            return word.is(Sense.JOIN)
                    || CURRENCIES.contains(word.key())
                    || !Character.isLetter(word.text().codePointAt(0));
        }
        return true;
    }
}
