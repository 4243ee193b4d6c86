package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Figure;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;

/** Which numbers of a text cannot be prices: dates, times of day, ratios, leverage, what is counted, the numbers of a list. */
final class Sieve {

    private static final int LAST_HOUR = 24;
    private static final int LAST_DAY = 31;
    private static final int LAST_MONTH = 12;
    private static final int FIRST_YEAR = 1990;
    private static final int LAST_YEAR = 2099;
    private static final int MOST_TARGETS = 10;
    private static final int LONGEST_INSTANT = 12;

    private final List<Token> tokens;
    private final BitSet out = new BitSet();

    Sieve(List<Token> tokens) {
        this.tokens = tokens;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof Figure figure && !out.get(i)) {
                if (!NumberReader.isPriceUnit(figure.unitKey()) || NumberReader.read(figure) instanceof Reading.None) {
                    out.set(i);
                }
                date(i);
                clockOrRatio(figure, i);
                neighbours(figure, i);
                enumerator(figure, i);
            }
        }
    }

    /** Whether the number at this place is no price. */
    boolean holdsBack(int index) {
        return out.get(index);
    }

    /** {@code 12/05/2026}, {@code 2026-05-12}. */
    private void date(int i) {
        if (i + 4 >= tokens.size()
                || !isGlued(i + 1, Sign.SLASH, Sign.DASH)
                || !isGlued(i + 3, Sign.SLASH, Sign.DASH)) {
            return;
        }
        boolean timeFollows = tokens.get(i + 4) instanceof Word;
        boolean yearFirst = isYear(i) && isUpTo(i + 2, LAST_MONTH) && (timeFollows || isUpTo(i + 4, LAST_DAY));
        boolean yearLast = isUpTo(i, LAST_DAY) && isUpTo(i + 2, LAST_DAY) && (isYear(i + 4) || isPadded(i + 2));
        if (yearFirst && timeFollows) {
            // 2026-11-24T14:30:00Z
            for (int part = i;
                    part < tokens.size()
                            && part < i + LONGEST_INSTANT
                            && (part == i || !tokens.get(part).apart());
                    part++) {
                out.set(part);
            }
        } else if (yearFirst || yearLast && isUpTo(i + 4, LAST_YEAR)) {
            out.set(i, i + 5);
        }
    }

    /** {@code 14:30}, {@code 1:3}; but {@code 1:70k} is the first of several targets. */
    private void clockOrRatio(Figure figure, int i) {
        if (!isGlued(i + 1, Sign.COLON) || i + 2 >= tokens.size() || !(tokens.get(i + 2) instanceof Figure second)) {
            return;
        }
        boolean small = second.unit().isEmpty() && second.digits().length() <= 4 && isBelow100(second);
        if (figure.isWholeUpTo(LAST_HOUR) && (small || !NumberReader.isPriceUnit(second.unitKey()))) {
            out.set(i);
            out.set(i + 2);
            if (isGlued(i + 3, Sign.COLON) && i + 4 < tokens.size() && tokens.get(i + 4) instanceof Figure) {
                out.set(i + 4);
            }
        } else if (figure.isWholeUpTo(MOST_TARGETS)) {
            out.set(i);
        }
    }

    private void neighbours(Figure figure, int i) {
        String after = word(i + 1);
        String before = word(i - 1);
        boolean plain = figure.unit().isEmpty() && !figure.money();
        if (after != null && figure.unit().isEmpty() && Vocabulary.isCounted(after)) {
            out.set(i);
        }
        if (after != null && plain && Vocabulary.isClock(after) && figure.isWholeUpTo(LAST_HOUR)) {
            out.set(i);
        }
        boolean ofMonth = after != null && Vocabulary.isMonth(after) || before != null && Vocabulary.isMonth(before);
        if (plain && ofMonth && (figure.isWholeUpTo(LAST_DAY) || isYear(i))) {
            out.set(i);
            int year = after != null && Vocabulary.isMonth(after) ? i + 2 : i + 1;
            year = year < tokens.size() && tokens.get(year) instanceof Mark mark && mark.sign() == Sign.COMMA
                    ? year + 1
                    : year;
            if (isYear(year)) {
                out.set(year);
            }
        }
        boolean quarter = before != null && (before.matches("Q[1-4]") || before.equals("SINCE") || before.equals("IN"));
        if (plain && quarter && isYear(i)) {
            out.set(i);
        }
    }

    /** The 1 of {@code TP 1: 70k}, {@code 1) 70k} and {@code TP 1 - 70k}. */
    private void enumerator(Figure figure, int i) {
        if (!figure.isWholeUpTo(MOST_TARGETS) || !figure.unit().isEmpty() || figure.money() || i + 1 >= tokens.size()) {
            return;
        }
        if (tokens.get(i + 1) instanceof Mark mark) {
            boolean closes = mark.sign() == Sign.CLOSE && !isMark(i - 2, Sign.OPEN) && !isMark(i - 1, Sign.OPEN);
            boolean lists =
                    mark.sign() == Sign.KEYCAP || closes || mark.sign() == Sign.COLON || mark.sign() == Sign.EQUALS;
            boolean listed = isAfterLevel(i)
                    && (mark.sign() == Sign.DASH || mark.sign() == Sign.FULL_STOP || mark.sign() == Sign.ARROW);
            if (lists || listed && isFarFrom(figure, i + 2)) {
                out.set(i);
            }
        } else if (tokens.get(i + 1) instanceof Figure && isAfterLevel(i) && isFarFrom(figure, i + 1)) {
            out.set(i);
        }
    }

    /** Whether the number there is of another size, so that the two are no range. */
    private boolean isFarFrom(Figure figure, int other) {
        if (other >= tokens.size() || !(tokens.get(other) instanceof Figure next)) {
            return false;
        }
        BigDecimal value = value(next);
        BigDecimal three = BigDecimal.valueOf(3);
        BigDecimal number = new BigDecimal(figure.digits());
        return value != null
                && (value.compareTo(number.multiply(three)) > 0
                        || value.multiply(three).compareTo(number) < 0);
    }

    private static BigDecimal value(Figure figure) {
        Reading reading = NumberReader.read(figure);
        if (reading instanceof Reading.Sure sure) {
            return sure.value();
        }
        return reading instanceof Reading.Either either ? either.grouped() : null;
    }

    private boolean isAfterLevel(int i) {
        String before = word(i - 1);
        return before != null && Vocabulary.level(before) != null;
    }

    private static boolean isBelow100(Figure figure) {
        int whole = 0;
        while (whole < figure.digits().length()
                && Character.isDigit(figure.digits().charAt(whole))) {
            whole++;
        }
        return whole <= 2;
    }

    private boolean isYear(int i) {
        return i >= 0
                && i < tokens.size()
                && tokens.get(i) instanceof Figure figure
                && figure.unit().isEmpty()
                && figure.isWholeUpTo(LAST_YEAR)
                && Integer.parseInt(figure.digits()) >= FIRST_YEAR;
    }

    private boolean isUpTo(int i, int highest) {
        return tokens.get(i) instanceof Figure figure && figure.unit().isEmpty() && figure.isWholeUpTo(highest);
    }

    private boolean isPadded(int i) {
        return tokens.get(i) instanceof Figure figure
                && figure.digits().length() == 2
                && figure.digits().startsWith("0");
    }

    private boolean isGlued(int i, Sign... signs) {
        if (i + 1 >= tokens.size()
                || !(tokens.get(i) instanceof Mark mark)
                || mark.apart()
                || tokens.get(i + 1).apart()) {
            return false;
        }
        return List.of(signs).contains(mark.sign());
    }

    private boolean isMark(int i, Sign sign) {
        return i >= 0 && tokens.get(i) instanceof Mark mark && mark.sign() == sign;
    }

    private String word(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i) instanceof Word word ? word.key() : null;
    }
}
