package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.BitSet;
import java.util.List;

/** Finds the numbers of dates: {@code 12/05/2026}, {@code 2026-05-12}, {@code exp 07/19}, {@code May 12, 2026}. */
final class Dates {

    private static final int LAST_DAY = 31;
    private static final int LAST_MONTH = 12;
    private static final int FIRST_YEAR = 1990;
    private static final int LAST_YEAR = 2099;
    private static final int LONGEST_INSTANT = 12;
    private static final List<String> BEFORE_YEAR =
            List.of("SINCE", "IN", "END", "YEAR", "BY", "UNTIL", "Q1", "Q2", "Q3", "Q4");

    private final List<Token> tokens;
    private final BitSet found = new BitSet();

    private Dates(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The places of the numbers that are part of a date. */
    static BitSet of(List<Token> tokens) {
        Dates dates = new Dates(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof NumberToken number && !dates.found.get(i)) {
                dates.findFull(i);
                dates.findShort(number, i);
                dates.findWithMonth(number, i);
            }
        }
        return dates.found;
    }

    private void findFull(int i) {
        if (i + 4 >= tokens.size() || !isGlued(i + 1) || !isGlued(i + 3)) {
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
                            && (part == i || !tokens.get(part).spaceBefore());
                    part++) {
                found.set(part);
            }
        } else if (yearFirst || yearLast && isUpTo(i + 4, LAST_YEAR)) {
            found.set(i, i + 5);
        }
    }

    /** Finds a day and a month: {@code 07/19} where a zero or a word before says it, {@code 12.06} after such a word. */
    private void findShort(NumberToken number, int i) {
        boolean told = isAfterDateWord(i);
        if (i + 2 < tokens.size()
                && isGlued(i + 1)
                && isUpTo(i, LAST_DAY)
                && isUpTo(i + 2, LAST_DAY)
                && (isUpTo(i, LAST_MONTH) || isUpTo(i + 2, LAST_MONTH))
                && (told || isPadded(i) || isPadded(i + 2))) {
            found.set(i, i + 3);
        } else if (told && number.unit().isEmpty() && number.digits().matches("[0-3]?\\d\\.[01]?\\d")) {
            found.set(i);
        }
    }

    private void findWithMonth(NumberToken number, int i) {
        Word before = word(i - 1);
        Word after = word(i + 1);
        boolean plain = number.unit().isEmpty() && !number.money();
        boolean monthAfter = after != null && after.is(Sense.MONTH);
        boolean monthBefore = before != null && before.is(Sense.MONTH);
        if (plain && (monthAfter || monthBefore) && (number.isWholeUpTo(LAST_DAY) || isYear(i))) {
            found.set(i);
            int year = monthAfter ? i + 2 : i + 1;
            year = year < tokens.size() && tokens.get(year) instanceof Mark mark && mark.sign() == Sign.COMMA
                    ? year + 1
                    : year;
            if (isYear(year)) {
                found.set(year);
            }
        }
        if (plain && before != null && BEFORE_YEAR.contains(before.key()) && isYear(i)) {
            found.set(i);
        }
    }

    private boolean isAfterDateWord(int i) {
        int at = i - 1;
        if (at >= 0 && tokens.get(at) instanceof Mark) {
            at--;
        }
        return word(at) != null && word(at).is(Sense.DATE);
    }

    private boolean isYear(int i) {
        return i >= 0
                && i < tokens.size()
                && tokens.get(i) instanceof NumberToken number
                && number.unit().isEmpty()
                && number.isWholeUpTo(LAST_YEAR)
                && Integer.parseInt(number.digits()) >= FIRST_YEAR;
    }

    private boolean isUpTo(int i, int highest) {
        return tokens.get(i) instanceof NumberToken number && number.unit().isEmpty() && number.isWholeUpTo(highest);
    }

    private boolean isPadded(int i) {
        return tokens.get(i) instanceof NumberToken number
                && number.digits().length() == 2
                && number.digits().startsWith("0");
    }

    private boolean isGlued(int i) {
        return i + 1 < tokens.size()
                && tokens.get(i) instanceof Mark mark
                && !mark.spaceBefore()
                && !tokens.get(i + 1).spaceBefore()
                && (mark.sign() == Sign.SLASH || mark.sign() == Sign.DASH);
    }

    private Word word(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i) instanceof Word word ? word : null;
    }
}
