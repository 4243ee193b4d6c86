package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The prices of a call, once it is known which way it goes: one entry, targets and a stop that fit each other. It picks among the
 * text's prices and works percentages out; it makes none up, and what does not fit is left out and said.
 */
final class Call {

    private static final String ENTRY = "entryPrice";
    private static final String TARGET = "targetPrice";
    private static final String OTHERS = "otherTargets";
    private static final String STOP = "stopLoss";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TOO_GREAT = BigDecimal.TEN.pow(12);
    private static final int DECIMALS = 8;

    private final Boolean up;
    private final List<Doubt> doubts;
    private BigDecimal entry;
    private BigDecimal stop;
    private final List<BigDecimal> targets = new ArrayList<>();
    private boolean contradicts;

    /**
     * The call of these levels.
     *
     * @param up whether it is for rising prices; null when that is not known
     * @param doubts told what is unsure
     */
    Call(Levels levels, Boolean up, List<Doubt> doubts) {
        this.doubts = doubts;
        this.up = up == null ? inferred(levels) : up;
        readEntry(levels.entries);
        readTargets(levels.targets);
        readStop(levels.stops);
        requireFit();
    }

    /** Whether it is for rising prices; null when neither the words nor the prices say so. */
    Boolean up() {
        return up;
    }

    /** Null when there is none. */
    BigDecimal entry() {
        return entry;
    }

    /** Null when there is none. */
    BigDecimal stop() {
        return stop;
    }

    /** All of them, in the order of the text. */
    List<BigDecimal> targets() {
        return targets;
    }

    /** Whether some of its prices were left out because they contradict its direction. */
    boolean contradicts() {
        return contradicts;
    }

    /** The direction by which the text's prices would fit; null if they fit neither way or are percentages. */
    private Boolean inferred(Levels levels) {
        Price from = levels.entries.isEmpty() ? null : levels.entries.get(0);
        Price to = levels.targets.isEmpty() ? null : levels.targets.get(0).price();
        Price stopped = levels.stops.isEmpty() ? null : levels.stops.get(0).price();
        int byTarget = from == null || to == null ? 0 : to.value().compareTo(from.value());
        int byStop = from == null || stopped == null ? 0 : from.value().compareTo(stopped.value());
        if (byTarget == 0 || byStop != 0 && Integer.signum(byStop) != Integer.signum(byTarget)) {
            return null;
        }
        doubts.add(new Doubt("direction", "no word says it; it is taken from where the target is"));
        return byTarget > 0;
    }

    private void readEntry(List<Price> prices) {
        List<Price> usable =
                prices.stream().filter(price -> isStorable(ENTRY, price)).toList();
        if (usable.isEmpty()) {
            return;
        }
        Price chosen = usable.get(0);
        for (Price price : usable) {
            boolean dearer = price.value().compareTo(chosen.value()) > 0;
            boolean equal = price.value().compareTo(chosen.value()) == 0;
            chosen = !equal && dearer == !Boolean.FALSE.equals(up) ? price : chosen;
        }
        entry = chosen.value();
        note(ENTRY, chosen);
        long different = usable.stream()
                .map(price -> Decimals.stripped(price.value()))
                .distinct()
                .count();
        if (different > 1) {
            doubts.add(new Doubt(
                    ENTRY,
                    "the text has several; " + Decimals.plain(entry) + " is taken, which leaves the least to gain"));
        }
    }

    private void readStop(List<Levels.Level> stops) {
        List<BigDecimal> values = new ArrayList<>();
        for (Levels.Level level : stops) {
            BigDecimal value = value(STOP, level, false);
            if (value != null) {
                values.add(value);
            }
        }
        if (values.isEmpty()) {
            return;
        }
        stop = values.get(0);
        for (BigDecimal value : values) {
            stop = Boolean.FALSE.equals(up) ? stop.max(value) : stop.min(value);
        }
        if (values.stream().anyMatch(value -> value.compareTo(stop) != 0)) {
            doubts.add(new Doubt(
                    STOP, "the text has several; " + Decimals.plain(stop) + " is taken, which risks the most"));
        }
    }

    private void readTargets(List<Levels.Level> levels) {
        for (Levels.Level level : levels) {
            BigDecimal value = value(targets.isEmpty() ? TARGET : OTHERS, level, true);
            if (value != null && targets.stream().noneMatch(known -> known.compareTo(value) == 0)) {
                targets.add(value);
            }
        }
    }

    /** The price of a level; null, and noted, if there is none that can be stored. */
    private BigDecimal value(String field, Levels.Level level, boolean gain) {
        if (level.price() != null) {
            if (!isStorable(field, level.price())) {
                return null;
            }
            note(field, level.price());
            return level.price().value();
        }
        String percent = Decimals.plain(level.percent()) + " %";
        if (entry == null || up == null) {
            doubts.add(new Doubt(field, percent + " of what cannot be told without an entry and a direction"));
            return null;
        }
        BigDecimal move = entry.multiply(level.percent()).divide(HUNDRED);
        BigDecimal price = (gain == up ? entry.add(move) : entry.subtract(move))
                .setScale(Math.min(DECIMALS, Math.max(entry.scale(), move.scale())), RoundingMode.HALF_UP);
        return isStorable(field, new Price(price, null)) ? price : null;
    }

    private void requireFit() {
        if (up == null) {
            return;
        }
        BigDecimal first = targets.isEmpty() ? null : targets.get(0);
        BigDecimal from = entry == null ? stop : entry;
        for (BigDecimal target : List.copyOf(targets)) {
            if (from != null && !isAhead(from, target)) {
                String field = target.equals(first) ? TARGET : OTHERS;
                refuse(field, target, "the wrong side of the " + (entry == null ? "stop" : "entry"));
                targets.remove(target);
            }
        }
        if (entry != null && stop != null && !isAhead(stop, entry)) {
            refuse(STOP, stop, "the wrong side of the entry");
            stop = null;
        }
    }

    private void refuse(String field, BigDecimal price, String where) {
        contradicts = true;
        doubts.add(new Doubt(
                field,
                Decimals.plain(price) + " is on " + where + " for a " + (up ? "LONG" : "SHORT") + ", and left out"));
    }

    /** Whether the call gains as the price moves from the one to the other. */
    private boolean isAhead(BigDecimal from, BigDecimal to) {
        return up ? to.compareTo(from) > 0 : to.compareTo(from) < 0;
    }

    private void note(String field, Price price) {
        if (price.doubt() != null) {
            doubts.add(new Doubt(field, price.doubt()));
        }
    }

    private boolean isStorable(String field, Price price) {
        BigDecimal value = Decimals.stripped(price.value());
        boolean storable = value.signum() > 0 && value.compareTo(TOO_GREAT) < 0 && value.scale() <= DECIMALS;
        if (!storable) {
            doubts.add(new Doubt(field, "a price is more than 0 and less than 1000000000000, with at most 8 decimals"));
        }
        return storable;
    }
}
