package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Labels.Label;
import io.tradosphere.signal.parse.Token.Figure;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import io.tradosphere.signal.parse.Vocabulary.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which number of a text is which level: by the label before it, or after it, or by where it stands. */
final class LevelReader {

    /** How many tokens may stand between a label and its number. */
    private static final int REACH = 8;

    /** How far apart the ends of an entry zone are that is not called one, at most: 5 %. */
    private static final BigDecimal ZONE = new BigDecimal("1.05");

    private final List<Token> tokens;
    private final Figures figures;
    private final List<Label> labels;
    private final AssetFinder assets;
    private final Directions directions;
    private final BitSet used = new BitSet();
    private final Levels levels = new Levels();

    private LevelReader(
            List<Token> tokens, Figures figures, List<Label> labels, AssetFinder assets, Directions directions) {
        this.tokens = tokens;
        this.figures = figures;
        this.labels = labels;
        this.assets = assets;
        this.directions = directions;
    }

    static Levels read(
            List<Token> tokens, Figures figures, List<Label> labels, AssetFinder assets, Directions directions) {
        LevelReader reader = new LevelReader(tokens, figures, labels, assets, directions);
        if (reader.isLabelledBehind()) {
            reader.readBehind();
        } else {
            reader.readAhead();
        }
        reader.readLead();
        reader.readSigned();
        reader.noteLoose();
        return reader.levels;
    }

    /** "64k entry, 70k target, 61k stop": a number right before each label, and none after the last. */
    private boolean isLabelledBehind() {
        List<Label> prices = labels.stream().filter(Label::isPrice).toList();
        return prices.size() >= 2
                && prices.stream().allMatch(label -> figures.before(label.start()) >= 0)
                && figures.next(prices.get(prices.size() - 1).end(), tokens.size()) < 0;
    }

    private void readBehind() {
        for (Label label : labels) {
            int at = figures.before(label.start());
            if (at >= 0 && !used.get(at)) {
                take(label.level(), List.of(at));
            }
        }
    }

    private void readAhead() {
        for (int n = 0; n < labels.size(); n++) {
            Label label = labels.get(n);
            int end = n + 1 < labels.size() ? labels.get(n + 1).start() : tokens.size();
            int first = firstAfter(label, end);
            if (first >= 0) {
                take(label.level(), chain(label.level(), first, end));
            } else {
                takeBefore(label);
            }
        }
    }

    /** "Long 64k, 61k stop": the label has no number after it, and the one before it is not the only one. */
    private void takeBefore(Label label) {
        int at = figures.before(label.start());
        boolean another =
                at >= 0 && figures.previous(at) >= 0 && !used.get(figures.previous(at)) || !levels.entries.isEmpty();
        if (label.isPrice() && at >= 0 && !used.get(at) && another) {
            take(label.level(), List.of(at));
        }
    }

    private int firstAfter(Label label, int end) {
        boolean words = false;
        for (int i = label.end(); i < end && i < label.end() + REACH; i++) {
            if (figures.isUsable(i)) {
                if (!figures.isShare(i)) {
                    return i;
                }
                used.set(i);
            }
            if (!label.isPrice() && !(tokens.get(i) instanceof Mark)) {
                return -1;
            }
            if (isMark(i, Sign.FULL_STOP) || isMark(i, Sign.COMMA) && words || isMark(i, Sign.NEWLINE) && words) {
                return -1;
            }
            words |= tokens.get(i) instanceof Word word
                    && Character.isLetter(word.text().codePointAt(0));
        }
        return -1;
    }

    /** The numbers that stand together with the first. */
    private List<Integer> chain(Level level, int first, int end) {
        List<Integer> chain = new ArrayList<>(List.of(first));
        if (level == Level.SIZE || level == Level.NOTHING) {
            return chain;
        }
        for (int next = figures.joined(first, end); next >= 0; next = figures.joined(next, end)) {
            boolean range = figures.areRange(chain.get(chain.size() - 1), next);
            if (level == Level.ENTRY && figures.areOnArrow(chain.get(chain.size() - 1), next)) {
                take(Level.TARGET, List.of(next));
                return chain;
            }
            if (level != Level.TARGET && !range || level == Level.STOP && chain.size() == 2) {
                return chain;
            }
            chain.add(next);
        }
        return chain;
    }

    private void take(Level level, List<Integer> places) {
        places.forEach(used::set);
        levels.add(level, figures.levels(places));
    }

    /** The numbers that no label is for: the entry, what it is bought of, and what an arrow points to. */
    private void readLead() {
        int lead = labels.stream()
                .filter(Label::isPrice)
                .findFirst()
                .map(Label::start)
                .orElse(tokens.size());
        int amount = amount(lead);
        if (amount >= 0) {
            take(Level.SIZE, List.of(amount));
        }
        if (levels.entries.isEmpty()) {
            int entry = figureAt();
            entry = entry >= 0 ? entry : free(Math.max(directions.first(), 0), lead);
            entry = entry >= 0 ? entry : free(0, lead);
            if (entry >= 0) {
                take(Level.ENTRY, List.of(entry));
                follow(entry);
            }
        }
    }

    /** The number right before the asset's name, if it is not the only one that may be the entry; -1 if there is none. */
    private int amount(int lead) {
        for (int i = 0; i < lead; i++) {
            if (isFree(i) && assets.hasTaken(i + 1)) {
                return free(i + 1, tokens.size()) >= 0 || !levels.entries.isEmpty() ? i : -1;
            }
        }
        return -1;
    }

    /** What stands together with an entry that has no label. */
    private void follow(int entry) {
        int next = figures.joined(entry, tokens.size());
        if (next < 0 || used.get(next) || figures.isPercent(next)) {
            return;
        }
        if (figures.areOnArrow(entry, next)) {
            List<Integer> targets = chain(Level.TARGET, next, tokens.size());
            if (levels.targets.isEmpty()) {
                take(Level.TARGET, targets);
            }
        } else if (figures.areRange(entry, next)) {
            List<Levels.Level> both = figures.levels(List.of(entry, next));
            if (both.size() == 2
                    && areNear(both.get(0).price().value(), both.get(1).price().value())) {
                used.set(next);
                levels.entries.clear();
                levels.add(Level.ENTRY, both);
            }
        }
    }

    private static boolean areNear(BigDecimal one, BigDecimal other) {
        return one.max(other).compareTo(one.min(other).multiply(ZONE)) <= 0;
    }

    private int figureAt() {
        for (int i = 1; i < tokens.size(); i++) {
            if (isMark(i - 1, Sign.AT) && isFree(i)) {
                return i;
            }
        }
        return -1;
    }

    private int free(int from, int to) {
        for (int i = from; i < to; i++) {
            if (isFree(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isFree(int i) {
        return figures.isUsable(i) && !used.get(i) && !figures.isPercent(i);
    }

    /** "+10%", "-3%". */
    private void readSigned() {
        for (int i = 1; i < tokens.size(); i++) {
            if (!figures.isUsable(i)
                    || used.get(i)
                    || !figures.isPercent(i)
                    || tokens.get(i).apart()) {
                continue;
            }
            if (isMark(i - 1, Sign.PLUS) && levels.targets.isEmpty()) {
                take(Level.TARGET, List.of(i));
                levels.doubts.add(new Doubt("targetPrice", "a percentage with a plus is taken for the target"));
            } else if (isMark(i - 1, Sign.DASH) && tokens.get(i - 1).apart() && levels.stops.isEmpty()) {
                take(Level.STOP, List.of(i));
                levels.doubts.add(new Doubt("stopLoss", "a percentage with a minus is taken for the stop"));
            }
        }
    }

    private void noteLoose() {
        int loose = free(0, tokens.size());
        if (loose >= 0 && tokens.get(loose) instanceof Figure figure) {
            String field =
                    levels.targets.isEmpty() ? "targetPrice" : levels.stops.isEmpty() ? "stopLoss" : "entryPrice";
            levels.doubts.add(
                    new Doubt(field, figure.digits() + figure.unit() + " stands without a word that says what it is"));
        }
    }

    private boolean isMark(int i, Sign sign) {
        return i < tokens.size() && tokens.get(i) instanceof Mark mark && mark.sign() == sign;
    }
}
