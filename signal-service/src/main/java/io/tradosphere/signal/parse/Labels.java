package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Figure;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import io.tradosphere.signal.parse.Vocabulary.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words of a text that say what the numbers near them are. */
final class Labels {

    /** How many words may stand between a verb and the level that it moves. */
    private static final int REACH = 3;

    private static final Set<String> PROFIT = Set.of("PROFIT", "PROFITS");
    private static final Set<String> LOSS = Set.of("LOSS", "LOSSES");
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

        /** Whether the numbers at it are a price of the call. */
        boolean isPrice() {
            return level == Level.ENTRY || level == Level.TARGET || level == Level.STOP;
        }
    }

    static List<Label> of(List<Token> tokens, Directions directions, AssetFinder assets) {
        Labels labels = new Labels(tokens, directions, assets);
        for (int i = 0; i < tokens.size(); ) {
            i = labels.look(i);
        }
        return labels.found;
    }

    /** Looks for a label that begins here; where to look next. */
    private int look(int i) {
        if (!(tokens.get(i) instanceof Word word) || assets.hasTaken(i)) {
            return i + 1;
        }
        int end = i + 1;
        Level level = directions.closesAt(i) ? Level.TARGET : Vocabulary.level(word.key());
        int second = isMark(i + 1, Sign.DASH) ? i + 2 : i + 1;
        if (word.key().equals("TAKE") && is(second, PROFIT)) {
            level = Level.TARGET;
            end = second + 1;
        } else if (word.key().equals("STOP") && is(second, LOSS)) {
            end = second + 1;
        } else if (i == directions.first() && is(i + 1, ORDERS)) {
            level = Level.ENTRY;
            end = i + 2;
        } else if (level == null && (isMark(i + 1, Sign.SLASH) || isMark(i + 1, Sign.COLON))) {
            level = abbreviation(word, i + 2);
            end = level == null ? end : i + 3;
        }
        return level == null ? i + 1 : add(level, i, end);
    }

    /** {@code S/L}, {@code T/P}, {@code R:R}. */
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

    /** Where "stop to break even" ends, which is no price; the same place if it is none. */
    private int evenAfter(Level level, int end) {
        if (level != Level.STOP) {
            return end;
        }
        for (int i = end; i < tokens.size() && i <= end + REACH && !(tokens.get(i) instanceof Figure); i++) {
            if (isMark(i, Sign.NEWLINE) || isMark(i, Sign.COMMA) || isMark(i, Sign.FULL_STOP)) {
                return end;
            }
            if (tokens.get(i) instanceof Word word) {
                if (Vocabulary.isBreakEven(word.key())) {
                    return i + 1;
                }
                if (Vocabulary.level(word.key()) != null) {
                    return end;
                }
            }
        }
        return end;
    }

    private boolean isNegated(int start) {
        return start > 0 && tokens.get(start - 1) instanceof Word word && Vocabulary.negates(word.key());
    }

    /** "Move the stop to 64k": later, if at all. */
    private boolean isManaged(int start) {
        for (int i = start - 1; i >= 0 && i >= start - REACH && tokens.get(i) instanceof Word word; i--) {
            if (Vocabulary.manages(word.key())) {
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
