package io.tradosphere.signal.trade.imports;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as a file writes it, with both readings of its date: {@code 2/3/2026} is in February or in March.
 *
 * @param dayFirst its date if the day is before the month; null when it cannot be
 * @param monthFirst the same if the month is before the day
 * @param mark the character between the parts of the date; 0 when there is none
 * @param time the time of day; null when it has none
 * @param offset from UTC; null when it has none
 */
record TimeCell(LocalDate dayFirst, LocalDate monthFirst, char mark, LocalTime time, ZoneOffset offset) {

    private static final int LONGEST = 60;
    private static final int NOON = 12;
    private static final int NANO_DIGITS = 9;

    private static final Pattern TIME = Pattern.compile(
            "(?:(?<year>[0-9]{4})(?<mark>[-./]?)(?<month>[0-9]{2}|[0-9](?=[-./]))\\k<mark>(?<day>[0-9]{1,2})"
                    + "|(?<first>[0-9]{1,2})(?<other>[-./])(?<second>[0-9]{1,2})\\k<other>(?<last>[0-9]{4}))"
                    + "(?:(?:[Tt]|[\\s\\u00a0\\u202f,;]{1,3})(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})"
                    + "(?::(?<second2>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,9}))?)?"
                    + "(?:[\\s\\u00a0\\u202f]?(?<half>[AaPp])\\.?[Mm]\\.?)?"
                    + "(?:\\s?(?<offset>[Zz]|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)?");

    /** The same with all digits of the time together, as Interactive Brokers writes it. */
    private static final Pattern COMPACT =
            Pattern.compile("([0-9]{4})-?([0-9]{2})-?([0-9]{2})[;, ]([0-9]{2}):?([0-9]{2}):?([0-9]{2})");

    /** The time of day before the date, as Bybit writes it. */
    private static final Pattern TIME_FIRST =
            Pattern.compile("([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\\s([0-9]{4}-[0-9]{2}-[0-9]{2})");

    /** Reads a cell's text; empty when it is not a time. */
    static Optional<TimeCell> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher time = TIME.matcher(dateFirst(text));
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(time)).filter(cell -> cell.dayFirst != null || cell.monthFirst != null);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static String dateFirst(String text) {
        Matcher compact = COMPACT.matcher(text);
        if (compact.matches()) {
            return compact.replaceAll("$1-$2-$3 $4:$5:$6");
        }
        Matcher timeFirst = TIME_FIRST.matcher(text);
        return timeFirst.matches() ? timeFirst.replaceAll("$2 $1") : text;
    }

    /** Whether its date has two readings. */
    boolean isUnclear() {
        return dayFirst != null && monthFirst != null && !dayFirst.equals(monthFirst);
    }

    /** Its date by an order; the only one when it has one. */
    LocalDate date(DateOrder order) {
        if (dayFirst == null || monthFirst == null) {
            return dayFirst == null ? monthFirst : dayFirst;
        }
        return order == DateOrder.DAY_FIRST ? dayFirst : monthFirst;
    }

    /** The order that it shows; null when it may be either. */
    DateOrder shownOrder() {
        if (dayFirst != null && monthFirst != null) {
            return null;
        }
        return dayFirst == null ? DateOrder.MONTH_FIRST : DateOrder.DAY_FIRST;
    }

    private static TimeCell of(Matcher time) {
        LocalTime clock = time.group("hour") == null ? null : clock(time);
        ZoneOffset offset = time.group("offset") == null ? null : offset(time.group("offset"));
        if (time.group("year") != null) {
            LocalDate date = date(time.group("year"), time.group("month"), time.group("day"));
            return new TimeCell(date, date, '\0', clock, offset);
        }
        String year = time.group("last");
        char mark = time.group("other").charAt(0);
        LocalDate dayFirst = date(year, time.group("second"), time.group("first"));
        // With dots the day is first in every country that writes them.
        LocalDate monthFirst = mark == '.' ? null : date(year, time.group("first"), time.group("second"));
        return new TimeCell(dayFirst, monthFirst, mark, clock, offset);
    }

    private static LocalTime clock(Matcher time) {
        int hour = Integer.parseInt(time.group("hour"));
        String half = time.group("half");
        if (half != null) {
            if (hour < 1 || hour > NOON) {
                throw new DateTimeException("No such hour");
            }
            hour = hour % NOON + (half.equalsIgnoreCase("p") ? NOON : 0);
        }
        String fraction = time.group("fraction") == null ? "" : time.group("fraction");
        return LocalTime.of(
                hour,
                Integer.parseInt(time.group("minute")),
                time.group("second2") == null ? 0 : Integer.parseInt(time.group("second2")),
                Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length())));
    }

    private static ZoneOffset offset(String text) {
        String plain = text.toUpperCase(Locale.ROOT);
        return plain.equals("UTC") || plain.equals("GMT") ? ZoneOffset.UTC : ZoneOffset.of(plain);
    }

    private static LocalDate date(String year, String month, String day) {
        try {
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException none) {
            return null;
        }
    }
}
