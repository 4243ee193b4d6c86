package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds the timeframe of a text: {@code 15m}, {@code 4H}, {@code 1D}, {@code swing}. */
final class Timeframes {

    private static final String FIELD = "timeframe";
    private static final Map<Sense, String> UNITS = new EnumMap<>(
            Map.of(Sense.MINUTE, "m", Sense.HOUR, "H", Sense.DAY, "D", Sense.WEEK, "W", Sense.MONTHS, "M"));
    private static final Map<String, Set<Integer>> LENGTHS = Map.of(
            "m", Set.of(1, 2, 3, 5, 10, 15, 20, 30, 45, 90),
            "H", Set.of(1, 2, 3, 4, 6, 8, 12, 24),
            "D", Set.of(1, 2, 3),
            "W", Set.of(1, 2),
            "M", Set.of(1, 3));
    private static final Map<Sense, String> WORDS =
            new EnumMap<>(Map.of(Sense.DAILY, "1D", Sense.WEEKLY, "1W", Sense.MONTHLY, "1M", Sense.HOURLY, "1H"));
    private static final Map<Sense, String> STYLES =
            new EnumMap<>(Map.of(Sense.SWING, "swing", Sense.SCALP, "scalp", Sense.INTRADAY, "intraday"));
    private static final Map<Character, String> PREFIXES = Map.of('M', "m", 'H', "H", 'D', "D", 'W', "W");

    private final List<Token> tokens;
    private final BitSet taken = new BitSet();
    private final List<String> frames = new ArrayList<>();
    private final List<String> styles = new ArrayList<>();

    Timeframes(List<Token> tokens) {
        this.tokens = tokens;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof NumberToken number) {
                number(number, i);
            } else if (tokens.get(i) instanceof Word word) {
                word(word);
            }
        }
    }

    /** Whether the number at this place is a timeframe, not a price. */
    boolean hasTaken(int index) {
        return taken.get(index);
    }

    /**
     * The first timeframe of the text, a chart's before a trading style; null when there is none.
     *
     * @param uncertainties receives what is uncertain
     */
    String decide(List<Uncertainty> uncertainties) {
        List<String> found = frames.isEmpty() ? styles : frames;
        if (found.isEmpty()) {
            return null;
        }
        if (found.size() > 1) {
            uncertainties.add(new Uncertainty(FIELD, found.get(1) + " is named too; " + found.get(0) + " is taken"));
        }
        return found.get(0);
    }

    private void number(NumberToken number, int i) {
        String unit = number.unit().isEmpty() ? unitAfter(i) : unitOf(number, i);
        if (unit == null || number.money() || !number.isWholeUpTo(999)) {
            return;
        }
        taken.set(i);
        int length = Integer.parseInt(number.digits());
        if (LENGTHS.get(unit).contains(length)) {
            addOnce(frames, length + unit);
        }
    }

    /** The unit word after a number, as in "4 hour" or "15 min"; null for a single letter. */
    private String unitAfter(int i) {
        int next = i + 1 < tokens.size() && tokens.get(i + 1) instanceof Mark mark && mark.sign() == Sign.DASH
                ? i + 2
                : i + 1;
        return next < tokens.size()
                        && tokens.get(next) instanceof Word word
                        && word.text().length() > 1
                ? unit(word.senses())
                : null;
    }

    /**
     * The unit of a number: m is a minute and M a month. After a price label both mean a million, which is null here.
     */
    private String unitOf(NumberToken number, int i) {
        if (number.unit().equals("m") || number.unit().equals("M")) {
            return isAfterLevel(i) ? null : number.unit();
        }
        return unit(Vocabulary.senses(Vocabulary.key(number.unit()), Set.of()));
    }

    private boolean isAfterLevel(int i) {
        int before = i - 1;
        while (before >= 0 && before >= i - 2 && tokens.get(before) instanceof Mark) {
            if (tokens.get(before) instanceof Mark mark && mark.sign() == Sign.AT) {
                return true;
            }
            before--;
        }
        return before >= 0 && tokens.get(before) instanceof Word word && word.level() != null;
    }

    private void word(Word word) {
        String key = word.key();
        String frame = meant(WORDS, word.senses());
        String style = meant(STYLES, word.senses());
        if (frame != null) {
            addOnce(frames, frame);
        } else if (style != null) {
            addOnce(styles, style);
        } else if (key.length() >= 2 && key.length() <= 3 && PREFIXES.containsKey(key.charAt(0))) {
            String unit = PREFIXES.get(key.charAt(0));
            String digits = key.substring(1);
            if (digits.chars().allMatch(c -> c >= '0' && c <= '9')
                    && LENGTHS.get(unit).contains(Integer.parseInt(digits))) {
                addOnce(frames, Integer.parseInt(digits) + unit);
            }
        }
    }

    private static String unit(Set<Sense> senses) {
        return meant(UNITS, senses);
    }

    private static String meant(Map<Sense, String> meanings, Set<Sense> senses) {
        return senses.stream()
                .map(meanings::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static void addOnce(List<String> found, String frame) {
        if (!found.contains(frame)) {
            found.add(frame);
        }
    }
}
