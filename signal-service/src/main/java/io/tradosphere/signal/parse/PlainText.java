package io.tradosphere.signal.parse;

import java.text.Normalizer;

/** Normalises a text: full-width, bold and circled characters become plain ones, invisible ones are removed. */
final class PlainText {

    /** Replaces a non-breaking space between digits, which separates thousands. */
    static final char GROUP = '\'';

    private PlainText() {}

    static String of(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        Normalizer.normalize(grouped(TypedNumbers.of(text)), Normalizer.Form.NFKC)
                .codePoints()
                .filter(character -> !isUnseen(character))
                .forEach(seen::appendCodePoint);
        return seen.toString();
    }

    private static CharSequence grouped(String text) {
        StringBuilder grouped = new StringBuilder(text);
        for (int i = 0; i < grouped.length(); i++) {
            char c = grouped.charAt(i);
            if (c == '\u00A0' || c == '\u202F' || c == '\u2009' || c == '’') {
                boolean between = isDigitAt(grouped, i - 1) && isDigitAt(grouped, i + 1);
                boolean apostrophe = c == '’' && !between;
                grouped.setCharAt(i, between || apostrophe ? GROUP : ' ');
            }
        }
        return grouped;
    }

    private static boolean isDigitAt(CharSequence text, int i) {
        return i >= 0 && i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private static boolean isUnseen(int character) {
        int type = Character.getType(character);
        return type == Character.FORMAT
                || type == Character.CONTROL && !Character.isWhitespace(character)
                || type == Character.NON_SPACING_MARK
                || type == Character.SURROGATE;
    }
}
