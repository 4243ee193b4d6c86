package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;

/** A filter of numbers that cannot be prices: dates, times, ratios, leverage, counts and list numbers. */
final class NonPriceFilter {

    private static final int LAST_HOUR = 24;
    private static final int MOST_TARGETS = 10;
    private static final int LARGEST_PART = 32;
    private static final BigDecimal THREE = BigDecimal.valueOf(3);

    private final List<Token> tokens;
    private final BitSet excluded;
    private final BitSet unclear = new BitSet();

    NonPriceFilter(List<Token> tokens) {
        this.tokens = tokens;
        this.excluded = Dates.of(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof NumberToken number && !excluded.get(i)) {
                excludeUnclear(number, i);
                excludeClockOrRatio(number, i);
                excludeCount(number, i);
                excludeListNumber(number, i);
            }
        }
    }

    /** Whether the number at this place is no price. */
    boolean excludes(int index) {
        return excluded.get(index);
    }

    /** Whether the number at this place may be a price, but has no clear value. */
    boolean isUnclear(int index) {
        return unclear.get(index);
    }

    /** Whether the number at this place is a distance, such as 50 pips. */
    boolean isDistance(int index) {
        return tokens.get(index) instanceof NumberToken number
                && (isWord(index + 1, Sense.DISTANCE)
                        || number.unitKey().equals("P")
                        || number.unitKey().equals("PIPS")
                        || number.unitKey().equals("PTS"));
    }

    private void excludeUnclear(NumberToken number, int i) {
        boolean isNone = NumberReader.read(number) instanceof NumberReading.NotANumber;
        boolean half = number.unit().isEmpty() && isFraction(i + 1);
        boolean times = number.unit().isEmpty() && isWord(i + 1, Sense.MULTIPLIER);
        if (isNone || half || times || number.unit().equals(TypedNumbers.UNCLEAR)) {
            unclear.set(i);
            excluded.set(i, half ? i + 4 : i + 1);
        } else if (!NumberReader.isPriceUnit(number.unitKey())) {
            excluded.set(i);
        }
    }

    /** Whether a fraction such as 1/2 begins there, apart from the number before it. */
    private boolean isFraction(int i) {
        return i + 2 < tokens.size()
                && tokens.get(i) instanceof NumberToken top
                && tokens.get(i + 2) instanceof NumberToken bottom
                && isMark(i + 1, Sign.SLASH)
                && top.unit().isEmpty()
                && bottom.unit().isEmpty()
                && !tokens.get(i + 1).spaceBefore()
                && !bottom.spaceBefore()
                && top.isWholeUpTo(LARGEST_PART)
                && bottom.isWholeUpTo(LARGEST_PART)
                && Integer.parseInt(top.digits()) < Integer.parseInt(bottom.digits())
                && Integer.bitCount(Integer.parseInt(bottom.digits())) == 1;
    }

    /** Excludes {@code 14:30} and {@code 1:3}. In {@code 1:70k} the 1 is the number of the first target. */
    private void excludeClockOrRatio(NumberToken number, int i) {
        if (!isMark(i + 1, Sign.COLON)
                || tokens.get(i + 1).spaceBefore()
                || i + 2 >= tokens.size()
                || !(tokens.get(i + 2) instanceof NumberToken second)
                || second.spaceBefore()) {
            return;
        }
        boolean small = second.unit().isEmpty() && second.digits().length() <= 4 && isBelow100(second);
        boolean counts = number.isWholeUpTo(MOST_TARGETS);
        if (counts && isAfterLabel(i)) {
            excluded.set(i);
        } else if (number.isWholeUpTo(LAST_HOUR) && (small || !NumberReader.isPriceUnit(second.unitKey()))) {
            excluded.set(i);
            excluded.set(i + 2);
            if (isMark(i + 3, Sign.COLON) && i + 4 < tokens.size() && tokens.get(i + 4) instanceof NumberToken) {
                excluded.set(i + 4);
            }
        } else if (counts) {
            excluded.set(i);
        }
    }

    private void excludeCount(NumberToken number, int i) {
        boolean plain = number.unit().isEmpty();
        // "SL 61000 risk 2%": the word is the label of the next number.
        boolean labelsNext = isWord(i + 1, Sense.NOTHING) && isNumberSoon(i + 2);
        boolean points = isWord(i + 1, "PT") && (isWord(i + 2, Sense.TARGET) || isWord(i + 2, Sense.STOP));
        if (plain && isWord(i + 1, Sense.COUNTED) && !labelsNext
                || plain && points
                || plain && !number.money() && isWord(i + 1, Sense.CLOCK) && number.isWholeUpTo(LAST_HOUR)) {
            excluded.set(i);
        }
    }

    private boolean isNumberSoon(int i) {
        int next = isMark(i, Sign.COLON) || isMark(i, Sign.DASH) ? i + 1 : i;
        return next < tokens.size() && tokens.get(next) instanceof NumberToken;
    }

    /** Excludes list numbers: the 1 of {@code TP 1: 70k}, {@code 1) 70k}, {@code TP 1 - 70k} and "Target (1)". */
    private void excludeListNumber(NumberToken number, int i) {
        if (!number.isWholeUpTo(MOST_TARGETS) || !number.unit().isEmpty() || number.money() || i + 1 >= tokens.size()) {
            return;
        }
        boolean begins = i == 0 || isMark(i - 1, Sign.NEWLINE);
        boolean follows = begins || isAfterLabel(i);
        if (tokens.get(i + 1) instanceof Mark mark) {
            boolean closes = mark.sign() == Sign.CLOSE && !isMark(i - 2, Sign.OPEN) && !isMark(i - 1, Sign.OPEN);
            boolean bracketed = mark.sign() == Sign.CLOSE
                    && isMark(i - 1, Sign.OPEN)
                    && (isAfterLabel(i - 1) || i + 2 < tokens.size() && tokens.get(i + 2) instanceof NumberToken);
            boolean lists =
                    mark.sign() == Sign.KEYCAP || closes || mark.sign() == Sign.COLON || mark.sign() == Sign.EQUALS;
            boolean shared = mark.sign() == Sign.OPEN && isAfterLabel(i) && isMark(i + 3, Sign.PERCENT);
            boolean numbered = begins && mark.sign() == Sign.FULL_STOP && !mark.spaceBefore();
            boolean listed =
                    follows && (mark.sign() == Sign.DASH || mark.sign() == Sign.FULL_STOP || mark.sign() == Sign.ARROW);
            if (lists || bracketed || shared || numbered || listed && isFarFrom(number, i + 2)) {
                excluded.set(i);
            }
        } else if (tokens.get(i + 1) instanceof NumberToken && follows && isFarFrom(number, i + 1)) {
            excluded.set(i);
        }
    }

    /** Whether the number there has decimals or differs by more than a factor of 3, so that the two are no range. */
    private boolean isFarFrom(NumberToken number, int other) {
        if (other >= tokens.size() || !(tokens.get(other) instanceof NumberToken next)) {
            return false;
        }
        BigDecimal value = value(next);
        BigDecimal own = new BigDecimal(number.digits());
        return value != null
                && (value.stripTrailingZeros().scale() > 0
                        || next.digits().indexOf('.') >= 0
                        || value.compareTo(own.multiply(THREE)) > 0
                        || value.multiply(THREE).compareTo(own) < 0);
    }

    private static BigDecimal value(NumberToken number) {
        NumberReading reading = NumberReader.read(number);
        if (reading instanceof NumberReading.Certain certain) {
            return certain.value();
        }
        return reading instanceof NumberReading.Ambiguous ambiguous ? ambiguous.grouped() : null;
    }

    /** Whether the label of a price stands right before it. */
    private boolean isAfterLabel(int i) {
        return isWord(i - 1, Sense.TARGET) || isWord(i - 1, Sense.STOP) || isWord(i - 1, Sense.ENTRY);
    }

    private static boolean isBelow100(NumberToken number) {
        int whole = 0;
        while (whole < number.digits().length()
                && Character.isDigit(number.digits().charAt(whole))) {
            whole++;
        }
        return whole <= 2;
    }

    private boolean isMark(int i, Sign sign) {
        return i >= 0 && i < tokens.size() && tokens.get(i) instanceof Mark mark && mark.sign() == sign;
    }

    private boolean isWord(int i, String key) {
        return i < tokens.size()
                && tokens.get(i) instanceof Word word
                && word.key().equals(key);
    }

    private boolean isWord(int i, Sense sense) {
        return i >= 0 && i < tokens.size() && tokens.get(i) instanceof Word word && word.is(sense);
    }
}
