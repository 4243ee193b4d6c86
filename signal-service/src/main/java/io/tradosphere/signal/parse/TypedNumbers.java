package io.tradosphere.signal.parse;

import java.util.Map;

/**
 * Rewrites numbers in characters that normalisation would spoil: the zeros of {@code 0.0₅850}, the half of
 * {@code 131½}, the list number ①, and digits of other scripts. What has no clear value gets a unit that no price has.
 */
final class TypedNumbers {

    /** A unit after a number that has no clear value. */
    static final String UNCLEAR = "q";

    private static final int MOST_ZEROS = 18;
    /** The maximum number of spaces between a number and its fraction. */
    private static final int FARTHEST = 3;

    private static final Map<Character, String> FRACTIONS = Map.ofEntries(
            Map.entry('½', ".5"),
            Map.entry('¼', ".25"),
            Map.entry('¾', ".75"),
            Map.entry('⅛', ".125"),
            Map.entry('⅜', ".375"),
            Map.entry('⅝', ".625"),
            Map.entry('⅞', ".875"));
    private static final String SCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";

    private final String text;
    private final StringBuilder typed;
    private int at;

    private TypedNumbers(String text) {
        this.text = text;
        this.typed = new StringBuilder(text.length());
    }

    /** The text with such numbers in plain digits. */
    static String of(String text) {
        TypedNumbers numbers = new TypedNumbers(text);
        while (numbers.at < text.length()) {
            numbers.next();
        }
        return numbers.typed.toString();
    }

    private void next() {
        int character = text.codePointAt(at);
        char c = text.charAt(at);
        if (character < 0x80 && c != '{' && c != '(') {
            typed.append(c);
            at++;
        } else if (c == '{' || c == '(' || SCRIPTS.indexOf(c) >= 0) {
            zerosOrScript(c);
        } else if (Character.getType(character) == Character.OTHER_NUMBER) {
            symbol(character);
        } else if (Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER) {
            typed.append(Character.digit(character, 10));
            at += Character.charCount(character);
        } else if (c == '٫' || c == '٬') {
            typed.append(c == '٫' ? '.' : ',');
            at++;
        } else {
            typed.appendCodePoint(character);
            at += Character.charCount(character);
        }
    }

    /** Reads the count of zeros in {@code 0.0₅850}, {@code 0.0{5}850} and {@code 0.0(5)850}. */
    private void zerosOrScript(char c) {
        boolean bracket = c == '{' || c == '(';
        int end = bracket ? at + 1 : at;
        int zeros = 0;
        int digits = 0;
        while (end < text.length() && digits < 3 && count(text.charAt(end), bracket) >= 0) {
            zeros = zeros * 10 + count(text.charAt(end), bracket);
            digits++;
            end++;
        }
        int closed = bracket ? end + 1 : end;
        boolean complete =
                digits > 0 && (!bracket || end < text.length() && text.charAt(end) == (c == '{' ? '}' : ')'));
        boolean follows = closed < text.length() && isDigit(text.charAt(closed));
        if (complete && follows && zeros > 0 && zeros <= MOST_ZEROS && endsWithZero()) {
            typed.append("0".repeat(zeros - 1));
            at = closed;
        } else if (bracket) {
            typed.append(c);
            at++;
        } else {
            // After a letter it counts targets, as in TP₁; after a number it has no clear value.
            boolean unclear = typed.length() > 0 && isDigit(typed.charAt(typed.length() - 1)) || digits == 0;
            typed.append(unclear ? UNCLEAR : String.valueOf(SCRIPTS.indexOf(c) % 10));
            at++;
            while (unclear && at < text.length() && isPartOfNumber(at)) {
                at++;
            }
        }
    }

    /** Whether a "0.0" or ".0" was written last, and no more digits. */
    private boolean endsWithZero() {
        int length = typed.length();
        boolean point = length >= 2
                && typed.charAt(length - 1) == '0'
                && (typed.charAt(length - 2) == '.' || typed.charAt(length - 2) == ',');
        boolean zero = length < 3 || typed.charAt(length - 3) == '0' || !isDigit(typed.charAt(length - 3));
        return point && zero && (length < 4 || !isDigit(typed.charAt(length - 4)));
    }

    private void symbol(int character) {
        int before = typed.length() - 1;
        boolean afterDigit = before >= 0 && isDigit(typed.charAt(before));
        int apart = before;
        while (apart > before - FARTHEST && apart >= 0 && typed.charAt(apart) == ' ') {
            apart--;
        }
        at += Character.charCount(character);
        String decimals = character < 0x10000 ? FRACTIONS.get((char) character) : null;
        int value = Character.getNumericValue(character);
        if (decimals != null && afterDigit && isWhole(before)) {
            typed.append(decimals);
        } else if (decimals != null || value < 0) {
            boolean afterNumber = apart >= 0 && isDigit(typed.charAt(apart));
            typed.setLength(afterNumber ? apart + 1 : typed.length());
            typed.append(afterNumber ? UNCLEAR : "").append(" ");
        } else {
            // A number in a circle or a bracket counts a list.
            typed.append(afterDigit ? UNCLEAR : "").append(' ').append(value).append(") ");
        }
    }

    /** Whether the number that ends there has no separator. */
    private boolean isWhole(int last) {
        int i = last;
        while (i >= 0 && isDigit(typed.charAt(i))) {
            i--;
        }
        return i < 0 || typed.charAt(i) != '.' && typed.charAt(i) != ',' && typed.charAt(i) != PlainText.GROUP;
    }

    /** Whether a digit, or a separator before one, stands there. */
    private boolean isPartOfNumber(int i) {
        char c = text.charAt(i);
        boolean separates = (c == '.' || c == ',') && i + 1 < text.length() && isDigit(text.charAt(i + 1));
        return isDigit(c) || separates || SCRIPTS.indexOf(c) >= 0;
    }

    private static int count(char c, boolean plain) {
        return plain ? isDigit(c) ? c - '0' : -1 : SCRIPTS.indexOf(c) < 0 ? -1 : SCRIPTS.indexOf(c) % 10;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
