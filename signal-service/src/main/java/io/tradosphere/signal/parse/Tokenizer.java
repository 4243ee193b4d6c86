package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Splits a text into tokens, in one pass without backtracking. */
final class Tokenizer {

    private static final int KEYCAP = 0x20E3;
    private static final int LONGEST_IDEOGRAPHIC = 6;
    private static final int FEWEST_PRICE_DIGITS = 3;
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
            Map.entry('。', Sign.FULL_STOP),
            Map.entry('।', Sign.FULL_STOP),
            Map.entry('?', Sign.QUESTION),
            Map.entry('؟', Sign.QUESTION),
            Map.entry('،', Sign.COMMA),
            Map.entry('、', Sign.COMMA),
            Map.entry('\n', Sign.NEWLINE),
            Map.entry('(', Sign.OPEN),
            Map.entry('[', Sign.OPEN),
            Map.entry('%', Sign.PERCENT),
            Map.entry('٪', Sign.PERCENT),
            Map.entry('|', Sign.PIPE),
            Map.entry('•', Sign.PIPE),
            Map.entry('&', Sign.PLUS),
            Map.entry('+', Sign.PLUS),
            Map.entry('/', Sign.SLASH),
            Map.entry('_', Sign.DASH));
    private static final String DASHES = "-‐‑‒–—―−~";
    private static final String ARROWS = ">→➔➜➝➞➡⇒⟶⟹»";
    private static final String CURRENCIES = "$€£¥₿₹₽₺";
    private static final String MULTIPLES = "万千";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean spaceBefore = true;

    private Tokenizer(String text) {
        this.text = text;
    }

    /** The tokens of a text in order. Web addresses are left out. */
    static List<Token> tokens(String text) {
        return Meanings.of(SpacedNumbers.joined(new Tokenizer(PlainText.of(text)).read()));
    }

    private List<Token> read() {
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (isDigit(peek(0)) || (peek(0) == '.' && isDigit(peek(1)) && !isDigit(peek(-1)))) {
                number(false);
            } else if (Character.isIdeographic(character)) {
                ideographs();
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
            mark(Sign.NEWLINE, c == '\r' && peek(1) == '\n' ? 2 : 1);
            spaceBefore = true;
        } else if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            at++;
            spaceBefore = true;
        } else if (character == KEYCAP) {
            mark(Sign.KEYCAP, 1);
        } else if (CURRENCIES.indexOf(c) >= 0) {
            currency();
        } else if (c == '#' && Character.isLetter(peek(1))) {
            sigil();
        } else if ((c == '@' || c == '/') && spaceBefore && Character.isLetter(peek(1))) {
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
            // A tilde before a number means "about".
            mark(c == '~' && spaceBefore ? Sign.OTHER : Sign.DASH, 1);
        } else if (ARROWS.indexOf(c) >= 0) {
            mark(Sign.ARROW, 1);
        } else if (SIGNS.containsKey(c)) {
            mark(SIGNS.get(c), 1);
        } else if (Character.getType(character) == Character.OTHER_SYMBOL) {
            word(at + Character.charCount(character), (char) 0);
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
            number(true);
        } else {
            at++;
        }
    }

    private void sigil() {
        char sigil = peek(0);
        at++;
        if (Character.isIdeographic(text.codePointAt(at))) {
            return;
        }
        word(endOfWord(at), sigil);
    }

    private void letters() {
        if (startsAddress()) {
            while (at < text.length() && !Character.isWhitespace(peek(0))) {
                at++;
            }
            spaceBefore = true;
            return;
        }
        word(endOfLabel(endOfWord(at)), (char) 0);
    }

    /** The end of a label that a price follows without a space, as in {@code SL61500}; the given end for any other. */
    private int endOfLabel(int end) {
        int letters = end;
        while (letters > at && isDigit(text.charAt(letters - 1))) {
            letters--;
        }
        boolean decimals = end + 1 < text.length() && isSeparator(text.charAt(end)) && isDigit(text.charAt(end + 1));
        if (letters == end || letters == at || end - letters < FEWEST_PRICE_DIGITS && !decimals) {
            return end;
        }
        boolean known = !Vocabulary.senses(Vocabulary.key(text.substring(at, letters)), Set.of())
                .isEmpty();
        return known ? letters : end;
    }

    /** Divides text without spaces into the longest words that are known. */
    private void ideographs() {
        int end = at;
        int known = at + Character.charCount(text.codePointAt(at));
        for (int length = 0; length < LONGEST_IDEOGRAPHIC && end < text.length(); length++) {
            int character = text.codePointAt(end);
            if (!Character.isIdeographic(character)) {
                break;
            }
            end += Character.charCount(character);
            String key = text.substring(at, end);
            known = Vocabulary.contains(key) || AssetDictionary.entry(key) != null ? end : known;
        }
        word(known, (char) 0);
    }

    private void word(int end, char sigil) {
        String word = text.substring(at, end);
        add(new Word(word, Vocabulary.key(word), Set.of(), sigil, spaceBefore), end);
    }

    private boolean startsAddress() {
        return text.regionMatches(true, at, "http://", 0, 7)
                || text.regionMatches(true, at, "https://", 0, 8)
                || text.regionMatches(true, at, "www.", 0, 4)
                || text.regionMatches(true, at, "t.me/", 0, 5);
    }

    /**
     * The end of a word. It may hold other characters: {@code S&P}, {@code don't}, {@code BRK.B}, {@code BTCUSDT.P}.
     */
    private int endOfWord(int start) {
        int end = start;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            if (isPartOfWord(character)) {
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

    private void number(boolean money) {
        int start = at;
        int end = start;
        while (end < text.length()
                && (isDigit(text.charAt(end))
                        || isSeparator(text.charAt(end)) && end + 1 < text.length() && isDigit(text.charAt(end + 1)))) {
            end++;
        }
        String digits = text.substring(start, end);
        int unitEnd = end;
        while (unitEnd < text.length() && isPartOfWord(text.charAt(unitEnd)) && !isDigit(text.charAt(unitEnd))) {
            unitEnd++;
        }
        if (unitEnd == end && end < text.length() && MULTIPLES.indexOf(text.charAt(end)) >= 0) {
            unitEnd++;
        }
        if (unitEnd > end && unitEnd < text.length() && isDigit(text.charAt(unitEnd))) {
            // Digits, letters and digits again are a name or a number of something, and no price.
            word(endOfWord(unitEnd), (char) 0);
            return;
        }
        if (isSymbol(text.substring(start, unitEnd), unitEnd)) {
            word(unitEnd, (char) 0);
            return;
        }
        add(
                new NumberToken(
                        digits.startsWith(".") ? "0" + digits : digits,
                        text.substring(end, unitEnd),
                        money,
                        spaceBefore),
                unitEnd);
    }

    /** Whether digits with letters after them are an asset's symbol, such as {@code 1000PEPEUSDT} or {@code 1INCH}. */
    private boolean isSymbol(String word, int end) {
        String key = Vocabulary.key(word);
        return AssetDictionary.beginsWithDigits(key)
                || end + 1 < text.length()
                        && text.charAt(end) == '/'
                        && AssetDictionary.isQuote(Vocabulary.key(text.substring(end + 1, endOfWord(end + 1))))
                        && AssetDictionary.mayBeginWithDigits(key);
    }

    private void mark(Sign sign, int length) {
        add(new Mark(sign, spaceBefore), at + length);
    }

    private void add(Token token, int next) {
        tokens.add(token);
        at = next;
        spaceBefore = false;
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

    private static boolean isPartOfWord(int character) {
        return Character.isLetterOrDigit(character) && !Character.isIdeographic(character)
                || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == ',' || c == PlainText.GROUP;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
