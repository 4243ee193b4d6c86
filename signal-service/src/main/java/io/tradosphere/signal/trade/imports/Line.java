package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.imports.Records.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A line of a file, read as the whole file shows that it must be. */
final class Line {

    private static final Pattern SHORT_YEAR = Pattern.compile("[0-9]{2}-[0-9]{2}-[0-9]{2} ");
    private static final String CENTURY = "20";

    private final Row row;
    private final Columns columns;
    private final Reading reading;

    /** The mark of every number that could have either; null to take what the file shows. */
    private final DecimalMark assumed;

    private final Map<String, String> constants;
    private final List<String> notices = new ArrayList<>();
    private String unclear;

    /** @param constants the texts of columns that the file does not have, by their plain names */
    Line(Row row, Columns columns, Reading reading, Map<String, String> constants) {
        this(row, columns, reading, constants, null);
    }

    private Line(Row row, Columns columns, Reading reading, Map<String, String> constants, DecimalMark assumed) {
        this.row = row;
        this.columns = columns;
        this.reading = reading;
        this.constants = constants;
        this.assumed = assumed;
    }

    /**
     * How the cells of a file are read.
     *
     * @param numbers the decimal marks
     * @param dates the order of day and month
     * @param zone the time zone of times without an offset
     * @param broker the broker's name; null for the format's default
     */
    record Reading(Numbers numbers, Dates dates, ZoneId zone, String broker) {}

    /** The same line if its unclear numbers had this mark. */
    Line assuming(DecimalMark mark) {
        return new Line(row, columns, reading, constants, mark);
    }

    /** The number of its first text line; the first is 1. */
    long number() {
        return row.line();
    }

    /** What the caller must know about the trade of this line, although it can be read. */
    List<String> notices() {
        return notices;
    }

    /** Adds a notice. */
    void say(String notice) {
        notices.add(notice);
    }

    /** Both readings of its numbers that could have either decimal mark; null when it has none. */
    String unclear() {
        return unclear;
    }

    /** The cell's text; null when it is blank or the file has no such column. */
    String text(String column) {
        return text(Column.of(column));
    }

    /** The same of a column whose name may occur more than once. */
    String text(Column column) {
        String text = raw(column).strip();
        return text.isEmpty() ? null : text;
    }

    /** Whether the file has such a column. */
    boolean has(String column) {
        return columns.index(Column.of(column)) >= 0;
    }

    /** The cell's text with the spaces around it; null when it is blank. */
    String exactText(String column) {
        String text = raw(Column.of(column));
        return text.isBlank() ? null : text;
    }

    /** The cell's text, required and without line breaks. */
    String required(String column) {
        String text = text(column);
        if (text == null) {
            throw new UnreadableLineException(column + " is missing");
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new UnreadableLineException(column + " has line breaks");
        }
        return text;
    }

    /**
     * A broker's id.
     *
     * @return null when a spreadsheet has damaged it, which is said
     * @throws UnreadableLineException when it is missing
     */
    String id(String column) {
        String id = required(column);
        if (!DamagedIds.isDamaged(id)) {
            return id;
        }
        say(column + " " + id + " was rounded by a spreadsheet, so the trade has no id of its broker and the same file"
                + " would enter it again; export it anew, and open it as text");
        return null;
    }

    /** The cell's number; null when it is blank. */
    BigDecimal decimal(String column) {
        return decimal(Column.of(column));
    }

    /** The same of a column whose name may occur more than once. */
    BigDecimal decimal(Column column) {
        String text = text(column);
        return text == null ? null : number(column, text);
    }

    /** A number that is only part of a cell, read as the numbers of its column are. */
    BigDecimal number(Column column, String text) {
        if (NumberCell.isRounded(text)) {
            throw new UnreadableLineException(column.name() + " " + text + " was rounded by a spreadsheet");
        }
        NumberCell cell = NumberCell.of(text);
        if (!cell.isNumber()) {
            throw new UnreadableLineException(column.name() + " is not a number");
        }
        DecimalMark mark = DecimalMark.DOT;
        if (cell.isUnclear()) {
            String readings = column.name() + " " + text + " is unclear: "
                    + cell.comma().min(cell.dot()).toPlainString() + " or "
                    + cell.comma().max(cell.dot()).toPlainString();
            unclear = unclear == null ? readings : unclear + "; " + readings;
            mark = assumed == null ? reading.numbers.mark(columns.index(column), text) : assumed;
            if (mark == null) {
                throw new UnclearNumberException(readings);
            }
        }
        return cell.value(mark);
    }

    /** The cell's number, which is required. */
    BigDecimal requiredDecimal(String column) {
        return requiredDecimal(Column.of(column));
    }

    /** The same of a column whose name may occur more than once. */
    BigDecimal requiredDecimal(Column column) {
        BigDecimal number = decimal(column);
        if (number == null) {
            throw new UnreadableLineException(column.name() + " is missing");
        }
        return number;
    }

    /** The sum of the numbers of these columns; 0 when all are blank. */
    BigDecimal sum(String... names) {
        BigDecimal sum = BigDecimal.ZERO;
        for (String name : names) {
            BigDecimal amount = decimal(name);
            sum = amount == null ? sum : sum.add(amount);
        }
        return sum;
    }

    /** The cell's time, which is required, in the file's zone when it has no offset. */
    Moment time(String name) {
        return time(Column.of(name));
    }

    /** The same of a column whose name may occur more than once. */
    Moment time(Column column) {
        Moment moment = timeOrNull(column);
        if (moment == null) {
            throw new UnreadableLineException(column.name() + " is missing");
        }
        return moment;
    }

    /** The cell's time, which is required, in UTC when it has no offset: platforms that state so. */
    Moment utcTime(String name) {
        Moment moment = timeOrNull(Column.of(name), ZoneOffset.UTC);
        if (moment == null) {
            throw new UnreadableLineException(name + " is missing");
        }
        return moment;
    }

    /** The cell's time, which is required, in the file's zone. A year of two digits comes first. */
    Moment timeOfCentury(String name) {
        Column column = Column.of(name);
        String text = required(name);
        return moment(column, SHORT_YEAR.matcher(text).lookingAt() ? CENTURY + text : text, reading.zone);
    }

    /** The cell's time; null when it is blank. */
    Moment timeOrNull(Column column) {
        return timeOrNull(column, reading.zone);
    }

    private Moment timeOrNull(Column column, ZoneId zone) {
        String text = text(column);
        return text == null ? null : moment(column, text, zone);
    }

    private Moment moment(Column column, String text, ZoneId zone) {
        String name = column.name();
        TimeCell cell = TimeCell.of(text)
                .orElseThrow(() -> new UnreadableLineException(name
                        + " is not a time; write it as 2026-01-31 15:45:00 or with an offset, 2026-01-31T15:45:00Z"));
        DateOrder order = cell.isUnclear() ? reading.dates.order(cell) : DateOrder.DAY_FIRST;
        if (order == null) {
            throw new UnreadableLineException(name + " " + text + " is unclear: " + cell.date(DateOrder.MONTH_FIRST)
                    + " or " + cell.date(DateOrder.DAY_FIRST) + "; write it as 2026-01-31 15:45:00");
        }
        if (cell.time() == null) {
            say(name + " " + text + " has no time of day; taken as the beginning of that day");
            Instant start = cell.date(order).atStartOfDay(zone).toInstant();
            return new Moment(name, text, List.of(start));
        }
        LocalDateTime local = cell.date(order).atTime(cell.time());
        return cell.offset() == null
                ? Moment.of(name, text, local, zone)
                : new Moment(name, text, List.of(local.toInstant(cell.offset())));
    }

    /** The broker's name: the caller's choice, or else this default. */
    String brokerOr(String usual) {
        return reading.broker == null ? usual : reading.broker;
    }

    /**
     * Fails when it has more cells than the header line has columns, since then a cell may stand under a wrong title.
     *
     * @throws UnreadableLineException when it has
     */
    void requireColumns() {
        if (row.cells().stream().skip(columns.count()).anyMatch(cell -> !cell.isBlank())) {
            throw new UnreadableLineException("has more cells than the header line; a text or a number with "
                    + "the separator in it stands in quotes");
        }
    }

    /** Whether nothing but its first cell is filled, as in the title of another table. */
    boolean isTitle() {
        return !row.cells().get(0).isBlank() && row.cells().stream().skip(1).allMatch(String::isBlank);
    }

    private String raw(Column column) {
        int index = columns.index(column);
        if (index < 0) {
            return constants.isEmpty() ? "" : constants.getOrDefault(Columns.plain(column.name()), "");
        }
        return index >= row.cells().size() ? "" : row.cells().get(index);
    }
}
