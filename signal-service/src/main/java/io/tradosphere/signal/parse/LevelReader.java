package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Labels.Label;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.List;
import java.util.Set;

/** Assigns the numbers of a text to levels: by the label before, or by the label after; the others by position. */
final class LevelReader {

    /** The maximum number of tokens between a label and its number. */
    private static final int REACH = 8;

    /** The maximum number of tokens between a label and a distance in the place of its price. */
    private static final int DISTANCE_REACH = 3;

    /** The words between a number and the label after it, as in "61k is my stop". */
    private static final Set<String> LINKS = Set.of("IS", "AS", "MY", "THE", "OUR", "A", "ES", "IST", "EST");

    private static final int MOST_LINKS = 2;

    private final List<Token> tokens;
    private final NumberTokens numbers;
    private final List<Label> labels;
    private final NumberUse use;

    private LevelReader(List<Token> tokens, NumberTokens numbers, List<Label> labels, NumberUse use) {
        this.tokens = tokens;
        this.numbers = numbers;
        this.labels = labels;
        this.use = use;
    }

    static Levels read(
            List<Token> tokens, NumberTokens numbers, List<Label> labels, AssetFinder assets, Directions directions) {
        NumberUse use = new NumberUse(numbers);
        LevelReader reader = new LevelReader(tokens, numbers, labels, use);
        if (reader.labelsFollowNumbers()) {
            reader.readNumbersBeforeLabels();
        } else {
            reader.readNumbersAfterLabels();
        }
        new BareNumbers(tokens, numbers, labels, assets, directions, use).read();
        return use.levels();
    }

    /** Whether each label follows its number, as in "64k entry, 70k target, 61k stop". */
    private boolean labelsFollowNumbers() {
        List<Label> prices = labels.stream().filter(Label::isPrice).toList();
        return prices.size() >= 2
                && prices.stream().allMatch(label -> numbers.before(label.start()) >= 0)
                && numbers.next(prices.get(prices.size() - 1).end(), tokens.size()) < 0
                && (prices.stream().anyMatch(label -> label.level() == Level.ENTRY)
                        || numbers.previous(numbers.before(prices.get(0).start())) >= 0);
    }

    private void readNumbersBeforeLabels() {
        for (Label label : labels) {
            int at = numbers.before(label.start());
            if (at >= 0 && !use.isUsed(at)) {
                use.take(label, List.of(at));
            }
        }
    }

    private void readNumbersAfterLabels() {
        for (int n = 0; n < labels.size(); n++) {
            Label label = labels.get(n);
            int end = n + 1 < labels.size() ? labels.get(n + 1).start() : tokens.size();
            int first = firstAfter(label, end);
            if (first >= 0) {
                use.take(label, use.chain(label.level(), first, end));
            } else {
                takeBefore(label);
                reportDistance(label, end);
            }
        }
    }

    /**
     * Reads the number before a label that has none after it, as in "Long 64k, 61k stop" and "61k is my stop". Another
     * number must be left for the entry.
     */
    private void takeBefore(Label label) {
        int start = label.start();
        while (start > 0
                && start > label.start() - MOST_LINKS
                && tokens.get(start - 1) instanceof Word word
                && LINKS.contains(word.key())) {
            start--;
        }
        int at = numbers.before(start);
        boolean another = at >= 0 && numbers.previous(at) >= 0 && !use.isUsed(numbers.previous(at))
                || !use.levels().entries.isEmpty();
        if (label.isPrice() && at >= 0 && !use.isUsed(at) && another) {
            use.take(label, List.of(at));
        }
    }

    private int firstAfter(Label label, int end) {
        boolean words = false;
        boolean newLine = false;
        for (int i = label.end(); i < end && i < label.end() + REACH; i++) {
            if (numbers.isUsable(i)) {
                boolean bracketed = numbers.isPercent(i) && isMark(i - 1, Sign.OPEN);
                if (!numbers.isShare(i) && !bracketed) {
                    return i;
                }
                use.leaveOut(i);
            }
            if (!label.isPrice() && !(tokens.get(i) instanceof Mark)) {
                return -1;
            }
            boolean isWord = tokens.get(i) instanceof Word word
                    && Character.isLetter(word.text().codePointAt(0));
            if (tokens.get(i) instanceof Mark mark && mark.ends()
                    || isMark(i, Sign.COMMA) && words
                    || isMark(i, Sign.NEWLINE) && words
                    || isWord && newLine) {
                return -1;
            }
            words |= isWord;
            newLine |= isMark(i, Sign.NEWLINE);
        }
        return -1;
    }

    /** Reports a distance, such as 50 pips, in the place of a price: what a pip is worth is not in the text. */
    private void reportDistance(Label label, int end) {
        for (int i = label.end(); label.isPrice() && i < Math.min(end, label.end() + DISTANCE_REACH); i++) {
            if (numbers.isDistance(i) && tokens.get(i) instanceof NumberToken number) {
                use.levels()
                        .uncertainties
                        .add(new Uncertainty(
                                field(label.level()),
                                number.digits() + number.unit() + " is a distance, and no price"));
                return;
            }
        }
    }

    /** The field of a level. */
    static String field(Level level) {
        return switch (level) {
            case TARGET -> "targetPrice";
            case STOP -> "stopLoss";
            case SIZE -> "positionSize";
            case ENTRY, NOTHING -> "entryPrice";
        };
    }

    private boolean isMark(int i, Sign sign) {
        return i < tokens.size() && tokens.get(i) instanceof Mark mark && mark.sign() == sign;
    }
}
