package io.tradosphere.signal.trade.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A format whose lines are executions, from which round trips are matched. */
final class ExecutionFormat implements Format {

    private final String title;
    private final List<String> header;
    private final List<Column> numbers;
    private final List<Column> times;
    private final Position position;
    private final Options options;
    private final Function<Line, Optional<Execution>> reader;

    /**
     * Whose position an execution changes.
     *
     * @param columns the columns that name the account and the asset
     * @param isSpot whether nothing can be sold that was not bought before, by line
     */
    record Position(List<String> columns, Predicate<Line> isSpot) {

        /** Of a market where nothing can be sold that was not bought before. */
        static Position spot(String... columns) {
            return new Position(List.of(columns), line -> true);
        }

        /** Of a market where a position may be short. */
        static Position either(String... columns) {
            return new Position(List.of(columns), line -> false);
        }
    }

    /**
     * What differs between formats.
     *
     * @param dates the order of its dates unless the file shows another; null when it has none
     * @param broker the broker's name
     * @param netResults whether the results that it states are after fees
     */
    record Options(DateOrder dates, String broker, boolean netResults) {

        /** Of a format that states no results, or those before fees. */
        Options(DateOrder dates, String broker) {
            this(dates, broker, false);
        }
    }

    ExecutionFormat(
            String title,
            List<String> header,
            List<Column> numbers,
            List<Column> times,
            Position position,
            Options options,
            Function<Line, Optional<Execution>> reader) {
        this.title = title;
        this.header = header;
        this.numbers = numbers;
        this.times = times;
        this.position = position;
        this.options = options;
        this.reader = reader;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public Optional<Columns> recognised(Columns columns) {
        return columns.have(header) ? Optional.of(columns) : Optional.empty();
    }

    @Override
    public List<Column> numbers() {
        return numbers;
    }

    @Override
    public List<Column> times() {
        return times;
    }

    @Override
    public DateOrder usualDates() {
        return options.dates;
    }

    String broker() {
        return options.broker;
    }

    /** Whether the stated results are after fees. */
    boolean statesNetResults() {
        return options.netResults;
    }

    /** Whether nothing can be sold in the market of the line that was not bought before. */
    boolean isSpot(Line line) {
        return position.isSpot.test(line);
    }

    /** The account and the asset of a line, whose executions are matched with each other. */
    List<String> key(Line line) {
        List<String> key = new ArrayList<>();
        position.columns.forEach(column -> key.add(line.text(column) == null ? "" : line.text(column)));
        key.add(isSpot(line) ? "spot" : "");
        return key;
    }

    /**
     * The execution of a line.
     *
     * @return empty when the line is another kind of entry
     * @throws UnreadableLineException when it is an execution and cannot be read
     */
    Optional<Execution> read(Line line) {
        return reader.apply(line);
    }
}
