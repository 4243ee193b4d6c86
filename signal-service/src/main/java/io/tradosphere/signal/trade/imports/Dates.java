package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.imports.Records.Row;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order of day and month in a file's dates, judged over all its times with the same mark between the parts. */
final class Dates {

    private final Map<Character, Set<DateOrder>> shown = new HashMap<>();
    private final DateOrder usual;

    private Dates(DateOrder usual) {
        this.usual = usual;
    }

    /**
     * Looks at the times of a file.
     *
     * @param indexes the columns with times
     * @param usual the order that the format is known for; null when it is not
     */
    static Dates of(List<Row> rows, Set<Integer> indexes, DateOrder usual) {
        Dates dates = new Dates(usual);
        for (int index : indexes) {
            for (Row row : rows) {
                if (index < row.cells().size()) {
                    TimeCell.of(row.cells().get(index).strip()).ifPresent(dates::add);
                }
            }
        }
        return dates;
    }

    /**
     * The order of a date that could have either.
     *
     * @return null when the file does not show it
     */
    DateOrder order(TimeCell cell) {
        Set<DateOrder> orders = shown.getOrDefault(cell.mark(), Set.of());
        if (orders.isEmpty()) {
            return usual;
        }
        return orders.size() == 1 ? orders.iterator().next() : null;
    }

    private void add(TimeCell cell) {
        DateOrder order = cell.shownOrder();
        if (order != null) {
            shown.computeIfAbsent(cell.mark(), mark -> EnumSet.noneOf(DateOrder.class))
                    .add(order);
        }
    }
}
