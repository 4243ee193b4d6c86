package io.tradosphere.signal.parse;

import java.util.Locale;

/** The smallest thing in a text that means something. */
sealed interface Token permits Token.Word, Token.Figure, Token.Mark {

    /** Whether white space, or nothing at all, stands before it. */
    boolean apart();

    /**
     * Letters, and digits after them; or a picture.
     *
     * @param text as written
     * @param sigil what stands right before it: {@code $}, {@code #}, {@code @} or {@code /}; 0 for nothing
     */
    record Word(String text, char sigil, boolean apart) implements Token {

        /** The word as dictionaries have it. */
        String key() {
            return text.toUpperCase(Locale.ROOT);
        }

        /** Whether it is written in capitals, and has a letter that could be small. */
        boolean inCapitals() {
            return text.equals(key()) && !text.equals(text.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * A number as written.
     *
     * @param digits digits with {@code . , '} between them
     * @param unit the letters right behind it, as written; empty when there are none
     * @param money whether a currency's sign stands before it
     */
    record Figure(String digits, String unit, boolean money, boolean apart) implements Token {

        /** Whether it is a whole number without a separator and not greater than this. */
        boolean isWholeUpTo(int highest) {
            return digits.length() <= 9
                    && digits.chars().allMatch(Character::isDigit)
                    && Integer.parseInt(digits) <= highest;
        }

        /** The unit as dictionaries have it. */
        String unitKey() {
            return unit.toUpperCase(Locale.ROOT);
        }
    }

    /** Punctuation. */
    record Mark(Sign sign, boolean apart) implements Token {}

    /** What punctuation means to a trader. */
    enum Sign {
        ARROW,
        AT,
        CLOSE,
        COLON,
        COMMA,
        DASH,
        EQUALS,
        FULL_STOP,
        KEYCAP,
        NEWLINE,
        OPEN,
        OTHER,
        PERCENT,
        PIPE,
        PLUS,
        SLASH
    }
}
