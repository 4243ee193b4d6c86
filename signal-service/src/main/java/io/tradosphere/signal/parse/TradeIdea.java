package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The prices of a trade idea whose direction is known: one entry, the targets and a stop, consistent with each other.
 * It selects from the text's prices and computes percentages. A price that does not fit is left out and reported.
 */
final class TradeIdea {

    private static final String ENTRY = "entryPrice";
    private static final String TARGET = "targetPrice";
    private static final String OTHERS = "otherTargets";
    private static final String STOP = "stopLoss";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TOO_GREAT = BigDecimal.TEN.pow(12);
    /** The ratio of two prices of one idea from which they are far from each other. */
    private static final BigDecimal FAR = BigDecimal.valueOf(3);

    private static final int DECIMALS = 8;

    private final Boolean up;
    private final List<Uncertainty> uncertainties;
    private BigDecimal entry;
    private BigDecimal stop;
    private final List<BigDecimal> targets = new ArrayList<>();
    private boolean contradicts;

    /**
     * The trade idea of these levels.
     *
     * @param up whether it is LONG; null when that is not known
     * @param uncertainties receives what is uncertain
     */
    TradeIdea(Levels levels, Boolean up, List<Uncertainty> uncertainties) {
        this.uncertainties = uncertainties;
        this.up = up == null ? inferred(levels) : up;
        readEntry(levels.entries);
        readTargets(levels.targets);
        readStop(levels.stops);
        requireFit();
        reportFar();
    }

    /** Whether it is LONG; null when neither the words nor the prices say so. */
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

    /** All targets, in the order of the text. */
    List<BigDecimal> targets() {
        return targets;
    }

    /** Whether some of its prices were left out because they contradict its direction. */
    boolean contradicts() {
        return contradicts;
    }

    /** The direction that the text's prices imply; null if they are inconsistent or percentages. */
    private Boolean inferred(Levels levels) {
        Price from = levels.entries.isEmpty() ? null : levels.entries.get(0);
        Price to = levels.targets.isEmpty() ? null : levels.targets.get(0).price();
        Price stopped = levels.stops.isEmpty() ? null : levels.stops.get(0).price();
        int byTarget = from == null || to == null ? 0 : to.value().compareTo(from.value());
        int byStop = from == null || stopped == null ? 0 : from.value().compareTo(stopped.value());
        if (byTarget == 0 || byStop != 0 && Integer.signum(byStop) != Integer.signum(byTarget)) {
            return null;
        }
        uncertainties.add(new Uncertainty("direction", "no word states it; it is inferred from the target"));
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
        reportUncertainty(ENTRY, chosen);
        long different = usable.stream()
                .map(price -> Decimals.stripped(price.value()))
                .distinct()
                .count();
        if (different > 1) {
            uncertainties.add(new Uncertainty(
                    ENTRY,
                    "the text has several; " + Decimals.plain(entry) + " is taken, which leaves the least to gain"));
        }
    }

    private void readStop(List<Levels.Member> stops) {
        List<BigDecimal> values = new ArrayList<>();
        for (Levels.Member level : stops) {
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
            uncertainties.add(new Uncertainty(
                    STOP, "the text has several; " + Decimals.plain(stop) + " is taken, which risks the most"));
        }
    }

    private void readTargets(List<Levels.Member> levels) {
        for (Levels.Member level : levels) {
            BigDecimal value = value(targets.isEmpty() ? TARGET : OTHERS, level, true);
            if (value != null && targets.stream().noneMatch(known -> known.compareTo(value) == 0)) {
                targets.add(value);
            }
        }
    }

    /** The price of a level; null, and reported, if it cannot be stored. */
    private BigDecimal value(String field, Levels.Member level, boolean gain) {
        if (level.price() != null) {
            if (!isStorable(field, level.price())) {
                return null;
            }
            reportUncertainty(field, level.price());
            return level.price().value();
        }
        String percent = Decimals.plain(level.percent()) + " %";
        if (entry == null || up == null) {
            uncertainties.add(new Uncertainty(field, percent + " cannot be computed without an entry and a direction"));
            return null;
        }
        BigDecimal move = entry.multiply(level.percent()).divide(HUNDRED);
        BigDecimal price = (gain == up ? entry.add(move) : entry.subtract(move))
                .setScale(Math.min(DECIMALS, Math.max(entry.scale(), move.scale())), RoundingMode.HALF_UP);
        if (!isStorable(field, new Price(price, null))) {
            return null;
        }
        uncertainties.add(new Uncertainty(field, "it is computed from the text's " + percent));
        return price;
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
                reject(field, target, "the wrong side of the " + (entry == null ? "stop" : "entry"));
                targets.remove(target);
            }
        }
        if (entry != null && stop != null && !isAhead(stop, entry)) {
            reject(STOP, stop, "the wrong side of the entry");
            stop = null;
        }
    }

    /** Reports prices so far from the entry that one of the two may be a slip. */
    private void reportFar() {
        targets.forEach(target -> reportFar(target.equals(targets.get(0)) ? TARGET : OTHERS, target));
        reportFar(STOP, stop);
    }

    private void reportFar(String field, BigDecimal price) {
        if (entry != null && price != null && !areNear(entry, price)) {
            uncertainties.add(new Uncertainty(field, Decimals.plain(price) + " is far from the entry"));
            uncertainties.add(new Uncertainty(ENTRY, Decimals.plain(entry) + " is far from " + Decimals.plain(price)));
        }
    }

    /** Whether two prices differ by so little that both may belong to one idea. */
    static boolean areNear(BigDecimal one, BigDecimal other) {
        return one.max(other).compareTo(one.min(other).multiply(FAR)) <= 0;
    }

    private void reject(String field, BigDecimal price, String where) {
        contradicts = true;
        uncertainties.add(new Uncertainty(
                field,
                Decimals.plain(price) + " is on " + where + " for a " + (up ? "LONG" : "SHORT") + ", and left out"));
    }

    /** Whether the trade gains when the price moves from one to the other. */
    private boolean isAhead(BigDecimal from, BigDecimal to) {
        return up ? to.compareTo(from) > 0 : to.compareTo(from) < 0;
    }

    private void reportUncertainty(String field, Price price) {
        if (price.uncertainty() != null) {
            uncertainties.add(new Uncertainty(field, price.uncertainty()));
        }
    }

    private boolean isStorable(String field, Price price) {
        BigDecimal value = Decimals.stripped(price.value());
        boolean storable = value.signum() > 0 && value.compareTo(TOO_GREAT) < 0 && value.scale() <= DECIMALS;
        if (!storable) {
            uncertainties.add(new Uncertainty(
                    field, "a price is more than 0 and less than 1000000000000, with at most 8 decimals"));
        }
        return storable;
    }
}
