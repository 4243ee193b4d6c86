package io.tradosphere.platform.text;

import java.text.Normalizer;
import java.util.Set;

/** The characters of text that people write. */
public final class TextCharacters {

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int TEXT_PRESENTATION = 0xFE0E;
    private static final int EMOJI_PRESENTATION = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    /** Base of the flags that are spelled in tag characters, such as that of Wales. */
    private static final int BLACK_FLAG = 0x1F3F4;

    private static final int FIRST_TAG = 0xE0020;
    private static final int LAST_TAG = 0xE007F;

    /**
     * Characters that are no format characters (Cf) and yet show nothing. They are the other characters of the Unicode
     * property Default_Ignorable_Code_Point, and the empty Braille pattern.
     */
    private static final Set<Integer> INVISIBLE = Set.of(
            0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2065, 0x2800, 0x3164, 0xFFA0);

    private TextCharacters() {}

    /** The text in Unicode Normalization Form C, in which equal text has equal characters; null stays null. */
    public static String normalized(String text) {
        return text == null || Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Whether it is text of one line: permitted characters, something visible, and no space around it. */
    public static boolean isLine(String text) {
        return isPermitted(text, false)
                && !isSpace(text.codePointAt(0))
                && !isSpace(text.codePointBefore(text.length()));
    }

    /** Whether it is text of any number of lines: permitted characters, and something visible. */
    public static boolean isText(String text) {
        return isPermitted(text, true);
    }

    private static boolean isPermitted(String text, boolean lines) {
        int[] characters = text.codePoints().toArray();
        boolean visible = false;
        for (int i = 0; i < characters.length; i++) {
            if (!isPermitted(characters, i, lines)) {
                return false;
            }
            visible |= isVisible(characters[i]);
        }
        return visible;
    }

    private static boolean isPermitted(int[] characters, int at, boolean lines) {
        int character = characters[at];
        if (character == ZERO_WIDTH_JOINER) {
            return endsEmoji(characters, at) && at + 1 < characters.length && isEmoji(characters[at + 1]);
        }
        if (character == TEXT_PRESENTATION || character == EMOJI_PRESENTATION) {
            return at > 0 && (isEmoji(characters[at - 1]) || isKeycapBase(characters[at - 1]));
        }
        if (character >= FIRST_TAG && character <= LAST_TAG) {
            return at > 0
                    && (characters[at - 1] == BLACK_FLAG
                            || (characters[at - 1] >= FIRST_TAG && characters[at - 1] < LAST_TAG));
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL -> lines && (character == '\n' || character == '\r' || character == '\t');
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> !isIgnorable(character);
        };
    }

    private static boolean isIgnorable(int character) {
        return INVISIBLE.contains(character)
                || (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xFFF0 && character <= 0xFFF8)
                || (character >= 0xE0000 && character <= 0xE0FFF);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }

    private static boolean isSpace(int character) {
        return Character.isSpaceChar(character) || Character.isWhitespace(character);
    }

    /** Whether an emoji, with or without its presentation selector, ends before that position. */
    private static boolean endsEmoji(int[] characters, int at) {
        int last = at - 1;
        if (last > 0 && characters[last] == EMOJI_PRESENTATION) {
            last--;
        }
        return last >= 0 && isEmoji(characters[last]);
    }

    /** A symbol that is an emoji, or an unassigned character in the blocks to which later versions add emoji. */
    private static boolean isEmoji(int character) {
        if (character >= 0x1F000 && character <= 0x1FAFF) {
            return true;
        }
        int type = Character.getType(character);
        return character == 0xA9
                || character == 0xAE
                || (character >= KEYCAP || character == 0x203C || character == 0x2049)
                        && (type == Character.OTHER_SYMBOL
                                || type == Character.MATH_SYMBOL
                                || type == Character.OTHER_PUNCTUATION
                                || character == KEYCAP
                                || character == 0x3030);
    }

    private static boolean isKeycapBase(int character) {
        return character == '#' || character == '*' || (character >= '0' && character <= '9');
    }
}
