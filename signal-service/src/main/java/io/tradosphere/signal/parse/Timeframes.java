package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Figure;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which chart or holding time a text speaks of: {@code 15m}, {@code 4H}, {@code 1D}, {@code swing}. */
final class Timeframes {

    private static final String FIELD = "timeframe";
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("MIN", "m"),
            Map.entry("MINS", "m"),
            Map.entry("MINUTE", "m"),
            Map.entry("MINUTES", "m"),
            Map.entry("H", "H"),
            Map.entry("HR", "H"),
            Map.entry("HRS", "H"),
            Map.entry("HOUR", "H"),
            Map.entry("HOURS", "H"),
            Map.entry("STD", "H"),
            Map.entry("D", "D"),
            Map.entry("DAY", "D"),
            Map.entry("DAYS", "D"),
            Map.entry("W", "W"),
            Map.entry("WK", "W"),
            Map.entry("WEEK", "W"),
            Map.entry("WEEKS", "W"),
            Map.entry("MO", "M"),
            Map.entry("MONTH", "M"),
            Map.entry("MONTHS", "M"));
    private static final Map<String, Set<Integer>> LENGTHS = Map.of(
            "m", Set.of(1, 2, 3, 5, 10, 15, 20, 30, 45, 90),
            "H", Set.of(1, 2, 3, 4, 6, 8, 12, 24),
            "D", Set.of(1, 2, 3),
            "W", Set.of(1, 2),
            "M", Set.of(1, 3));
    private static final Map<String, String> WORDS = Map.of(
            "DAILY", "1D",
            "WEEKLY", "1W",
            "MONTHLY", "1M",
            "HOURLY", "1H",
            "TÄGLICH", "1D",
            "WÖCHENTLICH", "1W");
    private static final Map<String, String> STYLES = Map.of(
            "SWING", "swing",
            "SCALP", "scalp",
            "SCALPING", "scalp",
            "INTRADAY", "intraday");
    private static final Map<Character, String> PREFIXES = Map.of('M', "m", 'H', "H", 'D', "D", 'W', "W");

    private final List<Token> tokens;
    private final BitSet taken = new BitSet();
    private final List<String> frames = new ArrayList<>();
    private final List<String> styles = new ArrayList<>();

    Timeframes(List<Token> tokens) {
        this.tokens = tokens;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof Figure figure) {
                figure(figure, i);
            } else if (tokens.get(i) instanceof Word word) {
                word(word.key());
            }
        }
    }

    /** Whether the number at this place is a time, and no price. */
    boolean hasTaken(int index) {
        return taken.get(index);
    }

    /**
     * The first that is named, a chart's before a style of trading; null when there is none.
     *
     * @param doubts told what is unsure
     */
    String decide(List<Doubt> doubts) {
        List<String> found = frames.isEmpty() ? styles : frames;
        if (found.isEmpty()) {
            return null;
        }
        if (found.size() > 1) {
            doubts.add(new Doubt(FIELD, found.get(1) + " is named too; " + found.get(0) + " is taken"));
        }
        return found.get(0);
    }

    private void figure(Figure figure, int i) {
        String unit = figure.unit().isEmpty() ? unitAfter(i) : unitOf(figure, i);
        if (unit == null || figure.money() || !figure.isWholeUpTo(999)) {
            return;
        }
        taken.set(i);
        int length = Integer.parseInt(figure.digits());
        if (LENGTHS.get(unit).contains(length)) {
            note(frames, length + unit);
        }
    }

    /** "4 hour", "15 min"; a single letter is too little. */
    private String unitAfter(int i) {
        int next = i + 1 < tokens.size() && tokens.get(i + 1) instanceof Mark mark && mark.sign() == Sign.DASH
                ? i + 2
                : i + 1;
        return next < tokens.size()
                        && tokens.get(next) instanceof Word word
                        && word.text().length() > 1
                ? UNITS.get(word.key())
                : null;
    }

    /** An m is a minute, or a month if it is great, unless a price is expected, of which it would be a million. */
    private String unitOf(Figure figure, int i) {
        if (figure.unit().equals("m") || figure.unit().equals("M")) {
            return isAfterLevel(i) ? null : figure.unit();
        }
        return UNITS.get(figure.unitKey());
    }

    private boolean isAfterLevel(int i) {
        int before = i - 1;
        while (before >= 0 && before >= i - 2 && tokens.get(before) instanceof Mark) {
            if (tokens.get(before) instanceof Mark mark && mark.sign() == Sign.AT) {
                return true;
            }
            before--;
        }
        return before >= 0 && tokens.get(before) instanceof Word word && Vocabulary.level(word.key()) != null;
    }

    private void word(String key) {
        if (WORDS.containsKey(key)) {
            note(frames, WORDS.get(key));
        } else if (STYLES.containsKey(key)) {
            note(styles, STYLES.get(key));
        } else if (key.length() >= 2 && key.length() <= 3 && PREFIXES.containsKey(key.charAt(0))) {
            String unit = PREFIXES.get(key.charAt(0));
            String digits = key.substring(1);
            if (digits.chars().allMatch(c -> c >= '0' && c <= '9')
                    && LENGTHS.get(unit).contains(Integer.parseInt(digits))) {
                note(frames, Integer.parseInt(digits) + unit);
            }
        }
    }

    private static void note(List<String> found, String frame) {
        if (!found.contains(frame)) {
            found.add(frame);
        }
    }
}
