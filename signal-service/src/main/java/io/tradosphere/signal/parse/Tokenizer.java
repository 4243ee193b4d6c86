package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Figure;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Text to tokens, in one pass that never goes back. */
final class Tokenizer {

    private static final int KEYCAP = 0x20E3;
    private static final Map<Character, Sign> SIGNS = Map.ofEntries(
            Map.entry('@', Sign.AT),
            Map.entry(')', Sign.CLOSE),
            Map.entry(']', Sign.CLOSE),
            Map.entry(':', Sign.COLON),
            Map.entry(',', Sign.COMMA),
            Map.entry(';', Sign.COMMA),
            Map.entry('=', Sign.EQUALS),
            Map.entry('.', Sign.FULL_STOP),
            Map.entry('!', Sign.FULL_STOP),
            Map.entry('?', Sign.FULL_STOP),
            Map.entry('\n', Sign.NEWLINE),
            Map.entry('(', Sign.OPEN),
            Map.entry('[', Sign.OPEN),
            Map.entry('%', Sign.PERCENT),
            Map.entry('|', Sign.PIPE),
            Map.entry('•', Sign.PIPE),
            Map.entry('&', Sign.PLUS),
            Map.entry('+', Sign.PLUS),
            Map.entry('/', Sign.SLASH),
            Map.entry('_', Sign.DASH));
    private static final String DASHES = "-‐‑‒–—―−~";
    private static final String ARROWS = ">→➔➜➝➞➡⇒⟶⟹»";
    private static final String CURRENCIES = "$€£¥₿";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean apart = true;

    private Tokenizer(String text) {
        this.text = text;
    }

    /** The text's tokens in their order. Addresses of the web are left out. */
    static List<Token> tokens(String text) {
        return SpacedNumbers.joined(new Tokenizer(PlainText.of(text)).read());
    }

    private List<Token> read() {
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (isDigit(peek(0)) || (peek(0) == '.' && isDigit(peek(1)) && !isDigit(peek(-1)))) {
                figure(false);
            } else if (Character.isLetter(character)) {
                letters();
            } else {
                other(character);
            }
        }
        return tokens;
    }

    private void other(int character) {
        char c = peek(0);
        if (c == '\n' || c == '\r') {
            mark(Sign.NEWLINE, 1);
            apart = true;
        } else if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            at++;
            apart = true;
        } else if (character == KEYCAP) {
            mark(Sign.KEYCAP, 1);
        } else if (CURRENCIES.indexOf(c) >= 0) {
            currency();
        } else if (c == '#' && Character.isLetter(peek(1))) {
            sigil();
        } else if ((c == '@' || c == '/') && apart && Character.isLetter(peek(1))) {
            sigil();
        } else {
            mark(character);
        }
    }

    private void mark(int character) {
        char c = peek(0);
        if ((DASHES.indexOf(c) >= 0 || c == '=') && peek(1) == '>') {
            mark(Sign.ARROW, 2);
        } else if (c == '-' && peek(1) == '-' && peek(2) == '>') {
            mark(Sign.ARROW, 3);
        } else if (DASHES.indexOf(c) >= 0) {
            // A wave before a number says "about".
            mark(c == '~' && apart ? Sign.OTHER : Sign.DASH, 1);
        } else if (ARROWS.indexOf(c) >= 0) {
            mark(Sign.ARROW, 1);
        } else if (SIGNS.containsKey(c)) {
            mark(SIGNS.get(c), 1);
        } else if (Character.getType(character) == Character.OTHER_SYMBOL) {
            add(new Word(Character.toString(character), (char) 0, apart), at + Character.charCount(character));
        } else {
            mark(Sign.OTHER, Character.charCount(character));
        }
    }

    private void currency() {
        char next = peek(1);
        if (peek(0) == '$' && Character.isLetter(next)) {
            sigil();
        } else if (isDigit(next) || next == '.' && isDigit(peek(2))) {
            at++;
            figure(true);
        } else {
            at++;
        }
    }

    private void sigil() {
        char sigil = peek(0);
        boolean before = apart;
        at++;
        apart = before;
        int end = endOfWord(at);
        add(new Word(text.substring(at, end), sigil, before), end);
    }

    private void letters() {
        if (startsAddress()) {
            while (at < text.length() && !Character.isWhitespace(peek(0))) {
                at++;
            }
            apart = true;
            return;
        }
        int end = endOfWord(at);
        add(new Word(text.substring(at, end), (char) 0, apart), end);
    }

    private boolean startsAddress() {
        return text.regionMatches(true, at, "http://", 0, 7)
                || text.regionMatches(true, at, "https://", 0, 8)
                || text.regionMatches(true, at, "www.", 0, 4)
                || text.regionMatches(true, at, "t.me/", 0, 5);
    }

    /** Where a word ends: also what is written as one, such as {@code S&P}, {@code don't}, {@code BRK.B}, {@code BTCUSDT.P}. */
    private int endOfWord(int start) {
        int end = start;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            if (Character.isLetterOrDigit(character)) {
                end += Character.charCount(character);
            } else if ((character == '\'' || character == '&') && letterAt(end - 1) && letterAt(end + 1)) {
                end++;
            } else if (character == '.' && letterAt(end - 1) && letterAt(end + 1) && !alphanumericAt(end + 2)) {
                end += 2;
            } else {
                break;
            }
        }
        return end;
    }

    private void figure(boolean money) {
        int start = at;
        int end = start;
        while (end < text.length()
                && (isDigit(text.charAt(end))
                        || isSeparator(text.charAt(end)) && end + 1 < text.length() && isDigit(text.charAt(end + 1)))) {
            end++;
        }
        String digits = text.substring(start, end);
        int unitEnd = end;
        while (unitEnd < text.length() && Character.isLetter(text.charAt(unitEnd))) {
            unitEnd++;
        }
        if (unitEnd > end && unitEnd < text.length() && isDigit(text.charAt(unitEnd))) {
            // Digits, letters and digits again are a name or a number of something, and no price.
            int wordEnd = endOfWord(start);
            add(
                    new Word(text.substring(start, Math.max(wordEnd, unitEnd)), (char) 0, apart),
                    Math.max(wordEnd, unitEnd));
            return;
        }
        add(
                new Figure(digits.startsWith(".") ? "0" + digits : digits, text.substring(end, unitEnd), money, apart),
                unitEnd);
    }

    private void mark(Sign sign, int length) {
        add(new Mark(sign, apart), at + length);
    }

    private void add(Token token, int next) {
        tokens.add(token);
        at = next;
        apart = false;
    }

    private char peek(int ahead) {
        int index = at + ahead;
        return index >= 0 && index < text.length() ? text.charAt(index) : 0;
    }

    private boolean letterAt(int index) {
        return index >= 0 && index < text.length() && Character.isLetter(text.charAt(index));
    }

    private boolean alphanumericAt(int index) {
        return index < text.length() && Character.isLetterOrDigit(text.charAt(index));
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == ',' || c == PlainText.GROUP;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
