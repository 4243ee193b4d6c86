package io.tradosphere.signal.parse;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a text gives as prices, before it is asked whether they fit each other. */
final class Levels {

    /**
     * A level that is a price, or as far from the entry as a percentage says.
     *
     * @param price null for a percentage
     * @param percent null for a price; without a sign
     */
    record Level(Price price, BigDecimal percent) {}

    /** More than anybody means. */
    private static final int MOST = 20;

    final List<Price> entries = new ArrayList<>();
    final List<Level> targets = new ArrayList<>();
    final List<Level> stops = new ArrayList<>();
    final List<Doubt> doubts = new ArrayList<>();

    /** How much is traded; null when it is not said. */
    Price size;

    /** Puts these members where they belong, as long as there are not absurdly many. */
    void add(Vocabulary.Level level, List<Level> members) {
        switch (level) {
            case ENTRY ->
                add(
                        entries,
                        members.stream()
                                .map(Level::price)
                                .filter(Objects::nonNull)
                                .toList(),
                        "entryPrice");
            case TARGET -> add(targets, members, "otherTargets");
            case STOP -> add(stops, members, "stopLoss");
            case SIZE ->
                size = members.isEmpty() || size != null ? size : members.get(0).price();
            case NOTHING -> {}
        }
    }

    private <T> void add(List<T> known, List<T> more, String field) {
        known.addAll(more.subList(0, Math.min(more.size(), MOST - known.size())));
        if (more.size() > 0 && known.size() == MOST) {
            doubts.add(new Doubt(field, "the text has too many; the first " + MOST + " are read"));
        }
    }
}
