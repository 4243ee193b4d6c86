package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the labels of a text: words that say what the numbers near them are. */
final class Labels {

    /** The maximum number of words between a verb and the level that it moves. */
    private static final int REACH = 3;

    private static final int NUMBER_REACH = 8;

    private static final Set<String> LOOKING = Set.of("LOOKING", "AIMING");
    private static final Set<String> LOOKED = Set.of("FOR");
    private static final Set<String> ORDERS = Set.of("STOP", "LIMIT");

    private final List<Token> tokens;
    private final Directions directions;
    private final AssetFinder assets;
    private final List<Label> found = new ArrayList<>();

    private Labels(List<Token> tokens, Directions directions, AssetFinder assets) {
        this.tokens = tokens;
        this.directions = directions;
        this.assets = assets;
    }

    /**
     * A label.
     *
     * @param start its first token
     * @param end the token after its last
     */
    record Label(Level level, int start, int end) {

        /** Whether its numbers are prices of the trade idea. */
        boolean isPrice() {
            return level == Level.ENTRY || level == Level.TARGET || level == Level.STOP;
        }
    }

    static List<Label> of(List<Token> tokens, Directions directions, AssetFinder assets) {
        Labels labels = new Labels(tokens, directions, assets);
        for (int i = 0; i < tokens.size(); ) {
            i = labels.scan(i);
        }
        return labels.withoutNeedlessPrices();
    }

    /** Looks for a label that begins at this token; returns the token to continue with. */
    private int scan(int i) {
        if (!(tokens.get(i) instanceof Word word) || assets.hasTaken(i)) {
            return i + 1;
        }
        int end = i + 1;
        Level level = directions.closesAt(i) ? Level.TARGET : word.level();
        if (isPoints(i)) {
            return i + 1;
        }
        if (i == directions.first() && is(i + 1, ORDERS)) {
            level = Level.ENTRY;
            end = i + 2;
        } else if (level == null && (isMark(i + 1, Sign.SLASH) || isMark(i + 1, Sign.COLON))) {
            level = abbreviation(word, i + 2);
            end = level == null ? end : i + 3;
        }
        if (level == null && isLookedFor(i)) {
            level = Level.TARGET;
        }
        if (level == null && word.is(Sense.PRICE) && (isMark(i + 1, Sign.COLON) || isMark(i + 1, Sign.EQUALS))) {
            level = Level.ENTRY;
        }
        return level == null ? i + 1 : add(level, i, end);
    }

    /** Whether it is the unit of a distance, as in "5 pt stop". */
    private boolean isPoints(int i) {
        return tokens.get(i) instanceof Word word
                && word.key().equals("PT")
                && i > 0
                && tokens.get(i - 1) instanceof NumberToken
                && i + 1 < tokens.size()
                && tokens.get(i + 1) instanceof Word next
                && next.level() != null;
    }

    /** Whether it is the "for" of "sold at 20150, looking for 19980". */
    private boolean isLookedFor(int i) {
        return is(i, LOOKED)
                && i > 0
                && is(i - 1, LOOKING)
                && i + 1 < tokens.size()
                && tokens.get(i + 1) instanceof NumberToken
                && tokens.subList(0, i).stream().anyMatch(NumberToken.class::isInstance);
    }

    /** The labels, without the "price" that counts as an entry only if no other word does. */
    private List<Label> withoutNeedlessPrices() {
        boolean named = found.stream()
                .anyMatch(label -> label.level == Level.ENTRY && !isPriceWord(label) && leadsToNumber(label.end));
        return named ? found.stream().filter(label -> !isPriceWord(label)).toList() : found;
    }

    /** Whether a number follows in the line, or begins the next one; a title such as "Entry Signal" has none. */
    private boolean leadsToNumber(int end) {
        boolean newLine = false;
        for (int i = end; i < tokens.size() && i < end + NUMBER_REACH; i++) {
            if (tokens.get(i) instanceof NumberToken) {
                return true;
            }
            if (newLine && tokens.get(i) instanceof Word) {
                return false;
            }
            newLine |= isMark(i, Sign.NEWLINE);
        }
        return false;
    }

    private boolean isPriceWord(Label label) {
        return tokens.get(label.start) instanceof Word word && word.is(Sense.PRICE);
    }

    /** The level of an abbreviation such as {@code S/L}, {@code T/P} or {@code R:R}; null for any other. */
    private Level abbreviation(Word word, int second) {
        if (!(second < tokens.size() && tokens.get(second) instanceof Word other)) {
            return null;
        }
        return switch (word.key() + other.key()) {
            case "SL" -> Level.STOP;
            case "TP" -> Level.TARGET;
            case "RR", "RISKREWARD" -> Level.NOTHING;
            default -> null;
        };
    }

    private int add(Level level, int start, int end) {
        int kept = evenAfter(level, end);
        if (kept > end) {
            found.add(new Label(Level.NOTHING, start, kept));
            return kept;
        }
        Label before = found.isEmpty() ? null : found.get(found.size() - 1);
        if (before != null && before.end == start && before.level != Level.NOTHING) {
            // "Target zone", "stop limit": the first word says it.
            found.set(found.size() - 1, new Label(before.level, before.start, end));
            return end;
        }
        boolean said = !isNegated(start) && !isManaged(start);
        found.add(new Label(said ? level : Level.NOTHING, start, end));
        return end;
    }

    /** The end of "stop to break even", which is no price; the given place if it is another label. */
    private int evenAfter(Level level, int end) {
        if (level != Level.STOP) {
            return end;
        }
        for (int i = end; i < tokens.size() && i <= end + REACH && !(tokens.get(i) instanceof NumberToken); i++) {
            if (isMark(i, Sign.NEWLINE)
                    || isMark(i, Sign.COMMA)
                    || isMark(i, Sign.FULL_STOP)
                    || isMark(i, Sign.QUESTION)) {
                return end;
            }
            if (tokens.get(i) instanceof Word word) {
                if (word.is(Sense.EVEN)) {
                    return i + 1;
                }
                if (word.level() != null) {
                    return end;
                }
            }
        }
        return end;
    }

    private boolean isNegated(int start) {
        return start > 0 && tokens.get(start - 1) instanceof Word word && word.is(Sense.NEGATION);
    }

    /** Whether the label belongs to a later move of a level, such as "move the stop to 64k". */
    private boolean isManaged(int start) {
        for (int i = start - 1; i >= 0 && i >= start - REACH && tokens.get(i) instanceof Word word; i--) {
            if (word.is(Sense.MOVE)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMark(int i, Sign sign) {
        return i < tokens.size() && tokens.get(i) instanceof Mark mark && mark.sign() == sign;
    }

    private boolean is(int i, Set<String> keys) {
        return i < tokens.size() && tokens.get(i) instanceof Word word && keys.contains(word.key());
    }
}
