package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Labels.Label;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Assigns the numbers without a label to levels, by their position and their signs. */
final class BareNumbers {

    /** The maximum ratio between the ends of an unlabelled entry zone: 5 %. */
    private static final BigDecimal ZONE = new BigDecimal("1.05");

    private final List<Token> tokens;
    private final NumberTokens numbers;
    private final List<Label> labels;
    private final AssetFinder assets;
    private final Directions directions;
    private final NumberUse use;

    BareNumbers(
            List<Token> tokens,
            NumberTokens numbers,
            List<Label> labels,
            AssetFinder assets,
            Directions directions,
            NumberUse use) {
        this.tokens = tokens;
        this.numbers = numbers;
        this.labels = labels;
        this.assets = assets;
        this.directions = directions;
        this.use = use;
    }

    /** Reads them, and reports those that remain. */
    void read() {
        readUnlabelled();
        readSignedPercentages();
        readNumberedList();
        reportUnused();
        reportUnclear();
    }

    /** Reads the numbers without a label: the entry, the position size, and targets after an arrow. */
    private void readUnlabelled() {
        int firstLabel = firstReadLabel(0);
        int amount = amount(firstLabel);
        if (amount >= 0) {
            use.take(Level.SIZE, List.of(amount));
        }
        if (use.levels().entries.isEmpty()) {
            int entry = numberAfterAt();
            int order = Math.max(directions.first(), 0);
            entry = entry >= 0 ? entry : freePrice(order, firstReadLabel(order));
            entry = entry >= 0 ? entry : freePrice(0, firstLabel);
            if (entry >= 0) {
                use.take(Level.ENTRY, List.of(entry));
                readJoinedTo(entry);
            }
        }
    }

    /** The first label of a price, from that token on, that has a number; a title such as "Entry Signal" has none. */
    private int firstReadLabel(int from) {
        return labels.stream()
                .filter(label -> label.isPrice() && label.start() >= from && use.isRead(label))
                .findFirst()
                .map(Label::start)
                .orElse(tokens.size());
    }

    /** The number right before the asset's name, unless only it can be the entry; -1 if there is none. */
    private int amount(int firstLabel) {
        for (int i = 0; i < firstLabel; i++) {
            if (use.isFree(i) && assets.hasTaken(i + 1)) {
                return use.free(i + 1, tokens.size()) >= 0
                                || !use.levels().entries.isEmpty()
                        ? i
                        : -1;
            }
        }
        return -1;
    }

    /** Reads the numbers joined to an entry without a label. */
    private void readJoinedTo(int entry) {
        int next = numbers.joined(entry, tokens.size());
        if (next < 0 || use.isUsed(next) || numbers.isPercent(next)) {
            return;
        }
        if (numbers.areOnArrow(entry, next)) {
            List<Integer> targets = use.chain(Level.TARGET, next, tokens.size());
            if (use.levels().targets.isEmpty()) {
                use.take(Level.TARGET, targets);
            }
        } else if (numbers.areRange(entry, next)) {
            List<Levels.Member> both = numbers.levels(List.of(entry, next));
            if (both.size() == 2
                    && areNear(both.get(0).price().value(), both.get(1).price().value())) {
                use.leaveOut(next);
                use.levels().entries.clear();
                use.levels().add(Level.ENTRY, both);
            }
        }
    }

    private static boolean areNear(BigDecimal one, BigDecimal other) {
        return one.max(other).compareTo(one.min(other).multiply(ZONE)) <= 0;
    }

    private int numberAfterAt() {
        for (int i = 1; i < tokens.size(); i++) {
            if (isMark(i - 1, Sign.AT) && use.isFree(i)) {
                return i;
            }
        }
        return -1;
    }

    /** The first number that is free and not far from the target or stop that a label states; -1 if there is none. */
    private int freePrice(int from, int to) {
        Price stated = Stream.concat(use.levels().targets.stream(), use.levels().stops.stream())
                .map(Levels.Member::price)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        for (int i = use.free(from, to); i >= 0; i = use.free(i + 1, to)) {
            List<Levels.Member> members = numbers.levels(List.of(i));
            boolean near = members.stream()
                    .allMatch(member -> stated == null
                            || TradeIdea.areNear(stated.value(), member.price().value()));
            if (near && !members.isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    /** Reads percentages with a sign, such as "+10%" and "-3%". */
    private void readSignedPercentages() {
        for (int i = 1; i < tokens.size(); i++) {
            if (!numbers.isUsable(i)
                    || use.isUsed(i)
                    || !numbers.isPercent(i)
                    || tokens.get(i).spaceBefore()) {
                continue;
            }
            if (isMark(i - 1, Sign.PLUS) && use.levels().targets.isEmpty()) {
                use.take(Level.TARGET, List.of(i));
                use.levels()
                        .uncertainties
                        .add(new Uncertainty("targetPrice", "a percentage with a plus is taken for the target"));
            } else if (isMark(i - 1, Sign.DASH)
                    && tokens.get(i - 1).spaceBefore()
                    && use.levels().stops.isEmpty()) {
                use.take(Level.STOP, List.of(i));
                use.levels()
                        .uncertainties
                        .add(new Uncertainty("stopLoss", "a percentage with a minus is taken for the stop"));
            }
        }
    }

    private void reportUnused() {
        int unused = use.free(0, tokens.size());
        if (unused >= 0 && tokens.get(unused) instanceof NumberToken number) {
            String field = use.levels().targets.isEmpty()
                    ? "targetPrice"
                    : use.levels().stops.isEmpty() ? "stopLoss" : "entryPrice";
            use.levels()
                    .uncertainties
                    .add(new Uncertainty(
                            field, number.digits() + number.unit() + " stands without a word that says what it is"));
        }
    }

    /** Reports the numbers without a clear value, each for the label before it. */
    private void reportUnclear() {
        int next = 0;
        Level level = Level.ENTRY;
        for (int i = 0; i < tokens.size(); i++) {
            while (next < labels.size() && labels.get(next).start() <= i) {
                level = labels.get(next++).level();
            }
            if (numbers.isUnclear(i) && tokens.get(i) instanceof NumberToken number) {
                use.levels()
                        .uncertainties
                        .add(new Uncertainty(
                                LevelReader.field(level), number.digits() + " has no clear value, and is left out"));
            }
        }
    }

    /** Reads a numbered list without a label, whose prices all lie ahead of the entry: {@code 1) 26} and {@code 2) 28}. */
    private void readNumberedList() {
        Boolean up = directions.decide(new ArrayList<>());
        List<Price> entries = use.levels().entries;
        boolean known = up != null && entries.size() == 1;
        if (!known || !use.levels().targets.isEmpty()) {
            return;
        }
        List<Integer> listed = new ArrayList<>();
        BigDecimal last = entries.get(0).value();
        for (int i = use.free(0, tokens.size()); i >= 0; i = use.free(i + 1, tokens.size())) {
            List<Levels.Member> members = numbers.levels(List.of(i));
            boolean ahead = members.size() == 1
                    && members.get(0).price() != null
                    && Integer.signum(members.get(0).price().value().compareTo(last)) == (up ? 1 : -1);
            if (!ahead || !isListed(i, listed.size() + 1)) {
                return;
            }
            last = members.get(0).price().value();
            listed.add(i);
        }
        if (listed.size() > 1) {
            use.take(Level.TARGET, listed);
            use.levels()
                    .uncertainties
                    .add(new Uncertainty("targetPrice", "a numbered list without a label is taken for the targets"));
        }
    }

    /** Whether the number follows this number of a list, at the beginning of a line. */
    private boolean isListed(int i, int number) {
        return i >= 2
                && (isMark(i - 1, Sign.CLOSE) || isMark(i - 1, Sign.KEYCAP))
                && tokens.get(i - 2) instanceof NumberToken count
                && count.digits().equals(Integer.toString(number))
                && (i == 2 || isMark(i - 3, Sign.NEWLINE));
    }

    private boolean isMark(int i, Sign sign) {
        return i < tokens.size() && tokens.get(i) instanceof Mark mark && mark.sign() == sign;
    }
}
