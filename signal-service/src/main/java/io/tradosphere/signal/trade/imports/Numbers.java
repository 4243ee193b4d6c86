package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.imports.Records.Row;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The decimal marks of a file's numbers, judged over each column, and then over all columns with numbers. A file separated
 * by commas has decimal dots unless a number of it shows otherwise: a number with a decimal comma would have to be quoted.
 */
final class Numbers {

    private final Map<Integer, Set<DecimalMark>> byColumn = new HashMap<>();
    private final Set<DecimalMark> all = EnumSet.noneOf(DecimalMark.class);
    private final boolean separatedByCommas;
    private final DecimalMark known;

    private Numbers(boolean separatedByCommas, DecimalMark known) {
        this.separatedByCommas = separatedByCommas;
        this.known = known;
    }

    /**
     * Looks at the numbers of a file.
     *
     * @param indexes the columns with numbers
     * @param known the decimal mark that the format is known for; null when it is not
     */
    static Numbers of(List<Row> rows, Set<Integer> indexes, char separator, DecimalMark known) {
        Numbers numbers = new Numbers(separator == ',', known);
        for (int index : indexes) {
            Set<DecimalMark> shown = EnumSet.noneOf(DecimalMark.class);
            for (Row row : rows) {
                if (index < row.cells().size()) {
                    DecimalMark mark =
                            NumberCell.of(row.cells().get(index).strip()).shownMark();
                    if (mark != null) {
                        shown.add(mark);
                    }
                }
            }
            numbers.byColumn.put(index, shown);
            numbers.all.addAll(shown);
        }
        return numbers;
    }

    /**
     * The decimal mark of a number that could have either.
     *
     * @return null when the file does not show it
     */
    DecimalMark mark(int index, String text) {
        if (known != null) {
            return known;
        }
        Set<DecimalMark> column = byColumn.getOrDefault(index, Set.of());
        if (!column.isEmpty()) {
            return only(column);
        }
        boolean decimalDot = separatedByCommas && text.indexOf('.') >= 0;
        if (all.isEmpty()) {
            return decimalDot ? DecimalMark.DOT : null;
        }
        DecimalMark shown = only(all);
        return decimalDot && shown == DecimalMark.COMMA ? null : shown;
    }

    private static DecimalMark only(Set<DecimalMark> marks) {
        return marks.size() == 1 ? marks.iterator().next() : null;
    }
}
