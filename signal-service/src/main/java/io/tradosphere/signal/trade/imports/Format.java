package io.tradosphere.signal.trade.imports;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file format: each line is a round trip, or an execution. */
sealed interface Format permits TripFormat, ExecutionFormat {

    /** The name of the platform. */
    String title();

    /** The required columns of the header line. */
    List<String> header();

    /**
     * Recognises a file by its columns.
     *
     * @return the columns, named as this format names them; empty when the file is of another format
     */
    Optional<Columns> recognised(Columns columns);

    /** The titles of columns that it does not know, which are not read; empty when others are usual. */
    default List<String> ignored(Columns columns) {
        return List.of();
    }

    /** The columns with numbers. */
    List<Column> numbers();

    /** The columns with times. */
    List<Column> times();

    /** The order of its dates unless the file shows another; null when it has none. */
    default DateOrder usualDates() {
        return null;
    }

    /** The texts of columns that its files do not have, by their plain names. */
    default Map<String, String> constants() {
        return Map.of();
    }

    /** The decimal mark of its numbers; null when each file shows it. */
    default DecimalMark decimalMark() {
        return null;
    }

    /** What a unit of its sizes is worth in all files; null when only the trades show it. */
    default BigDecimal usualWorth() {
        return null;
    }

    /** Whether the line begins another table, so that the rest of the file has no trades. */
    default boolean endsBefore(Line line) {
        return false;
    }
}
