package io.tradosphere.signal.parse;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The levels of a text, before they are checked against each other. */
final class Levels {

    /**
     * A level: a price, or a distance from the entry in percent.
     *
     * @param price null for a percentage
     * @param percent null for a price; without a sign
     */
    record Member(Price price, BigDecimal percent) {}

    /** The maximum number of members of each level. */
    private static final int MOST = 20;

    final List<Price> entries = new ArrayList<>();
    final List<Member> targets = new ArrayList<>();
    final List<Member> stops = new ArrayList<>();
    final List<Uncertainty> uncertainties = new ArrayList<>();

    /** The position size; null when the text has none. */
    Price size;

    /** Adds members to a level, up to the maximum. */
    void add(Level level, List<Member> members) {
        switch (level) {
            case ENTRY ->
                add(
                        entries,
                        members.stream()
                                .map(Member::price)
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
            uncertainties.add(new Uncertainty(field, "the text has too many; the first " + MOST + " are read"));
        }
    }
}
