package io.tradosphere.signal.trade;

import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/** Parses the bounds of a period in a query: instants, or days of a time zone. */
public final class Times {

    /** What the document says about such a parameter; which days there are, it does not. */
    public static final String PATTERN =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$";

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** The range of the columns, which is smaller than that of {@link Instant}. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Times() {}

    /**
     * The start of a period: an instant, or the start of a day.
     *
     * @param parameter the query parameter's name
     * @param text null or empty for no bound
     * @param zone whose days are meant
     * @return null for no bound
     * @throws Problem {@code invalid-request} (400)
     */
    public static Instant from(String parameter, String text, ZoneId zone) {
        return bound(parameter, text, zone, 0);
    }

    /** The exclusive end of a period: an instant, or the end of a day; otherwise as {@link #from}. */
    public static Instant to(String parameter, String text, ZoneId zone) {
        return bound(parameter, text, zone, 1);
    }

    /**
     * The time zone that {@code timeZone} names.
     *
     * @param name null or empty for UTC
     * @throws Problem {@code invalid-request} (400)
     */
    public static ZoneId zone(String name) {
        if (name == null || name.isEmpty()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            String message = "is a time zone such as Europe/Athens or America/Chicago";
            throw ProblemKind.INVALID_REQUEST.because(
                    "timeZone " + message + ".", List.of(new Violation("timeZone", message)));
        }
    }

    /** An instant as the pg client wants it; null stays null. */
    public static OffsetDateTime column(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant bound(String parameter, String text, ZoneId zone, int daysLater) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant bound = DAY.matcher(text).matches()
                    ? LocalDate.parse(text)
                            .plusDays(daysLater)
                            .atStartOfDay(zone)
                            .toInstant()
                    : Instant.parse(text);
            if (!bound.isBefore(EARLIEST) && !bound.isAfter(LATEST)) {
                return bound;
            }
        } catch (DateTimeException neither) {
            // Refused below, like one that no column holds.
        }
        String message = "is an RFC 3339 instant or a day such as 2026-11-25";
        throw ProblemKind.INVALID_REQUEST.because(
                parameter + " " + message + ".", List.of(new Violation(parameter, message)));
    }
}
