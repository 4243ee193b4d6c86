package io.tradosphere.signal.parse;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A token of a text. */
sealed interface Token permits Token.Word, Token.NumberToken, Token.Mark {

    /** Whether white space, or the beginning of the text, stands before it. */
    boolean spaceBefore();

    /**
     * A word: letters, with optional digits after them; or an emoji.
     *
     * @param text as written
     * @param key as dictionaries have it: upper case, without accents; the words of a phrase have a space between
     * @param senses what it means; empty for an unknown word
     * @param sigil the character right before it: {@code $}, {@code #}, {@code @} or {@code /}; 0 for none
     */
    record Word(String text, String key, Set<Sense> senses, char sigil, boolean spaceBefore) implements Token {

        private static final Map<Sense, Level> LEVELS = named(Level.values());
        private static final Map<Sense, Bias> BIASES = named(Bias.values());

        private static <E extends Enum<E>> Map<Sense, E> named(E[] constants) {
            Map<Sense, E> named = new EnumMap<>(Sense.class);
            for (E constant : constants) {
                named.put(Sense.valueOf(constant.name()), constant);
            }
            return named;
        }

        boolean is(Sense sense) {
            return senses.contains(sense);
        }

        /** What the number after it is; null if it is no label. */
        Level level() {
            return first(LEVELS);
        }

        /** The direction that it suggests; null for none. */
        Bias bias() {
            return first(BIASES);
        }

        private <T> T first(Map<Sense, T> meanings) {
            if (!senses.isEmpty()) {
                for (Map.Entry<Sense, T> meaning : meanings.entrySet()) {
                    if (senses.contains(meaning.getKey())) {
                        return meaning.getValue();
                    }
                }
            }
            return null;
        }

        /** Whether it is in capitals, and has a letter with a lower case. */
        boolean inCapitals() {
            return text.equals(text.toUpperCase(Locale.ROOT)) && !text.equals(text.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * A number as written.
     *
     * @param digits digits with {@code . , '} between them
     * @param unit the letters right after it, as written; empty when there are none
     * @param money whether a currency sign stands before it
     */
    record NumberToken(String digits, String unit, boolean money, boolean spaceBefore) implements Token {

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
    record Mark(Sign sign, boolean spaceBefore) implements Token {

        /** Whether it ends a sentence. */
        boolean ends() {
            return sign == Sign.FULL_STOP || sign == Sign.QUESTION;
        }
    }

    /** The meaning of a punctuation mark. */
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
        QUESTION,
        SLASH
    }
}
