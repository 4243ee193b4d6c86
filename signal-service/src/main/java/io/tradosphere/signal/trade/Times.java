package io.tradosphere.signal.trade;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/** The bounds of a period in a query: instants, or UTC days. */
public final class Times {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** The columns hold less than {@link Instant} does. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Times() {}

    /**
     * Where a period begins: at an instant, or with a day.
     *
     * @param parameter the query parameter's name
     * @param text null or empty for no bound
     * @return null for no bound
     * @throws Problem {@code invalid-request} (400)
     */
    public static Instant from(String parameter, String text) {
        return bound(parameter, text, 0);
    }

    /** Where a period ends: before an instant, or with the end of a day; else as {@link #from}. */
    public static Instant to(String parameter, String text) {
        return bound(parameter, text, 1);
    }

    /** An instant as the pg client wants it; null stays null. */
    public static OffsetDateTime column(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant bound(String parameter, String text, int daysLater) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant bound = DAY.matcher(text).matches()
                    ? LocalDate.parse(text)
                            .plusDays(daysLater)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Instant.parse(text);
            if (!bound.isBefore(EARLIEST) && !bound.isAfter(LATEST)) {
                return bound;
            }
        } catch (DateTimeException neither) {
            // Refused below, like one that no column holds.
        }
        String message = "is an RFC 3339 instant or a day such as 2026-11-25";
        throw Problems.INVALID_REQUEST.because(
                parameter + " " + message + ".", List.of(new Violation(parameter, message)));
    }
}
