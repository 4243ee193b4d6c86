package io.tradosphere.signal.trade;

import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * The filter of a list of the caller's trades; a null component matches all.
 *
 * @param asset upper case
 * @param tag a tag of the trade
 * @param open whether the trade is open
 * @param from only trades opened at this time or later
 * @param to only trades opened before this time
 */
record TradeFilter(String asset, String tag, String strategy, Boolean open, Instant from, Instant to) {

    /** The maximum length of a filter that can match anything. */
    private static final int LONGEST = 100;

    /**
     * Reads the query parameters; an empty one counts as absent.
     *
     * @param zone whose days {@code from} and {@code to} are
     * @throws Problem {@code invalid-request} (400)
     */
    static TradeFilter of(String asset, String tag, String strategy, String open, String from, String to, ZoneId zone) {
        String symbol = text("asset", asset);
        return new TradeFilter(
                symbol == null ? null : symbol.toUpperCase(Locale.ROOT),
                text("tag", tag),
                text("strategy", strategy),
                flag("open", open),
                Times.from("from", from, zone),
                Times.to("to", to, zone));
    }

    private static String text(String parameter, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
            throw invalid(parameter, "has at most " + LONGEST + " characters");
        }
        return text;
    }

    private static Boolean flag(String parameter, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid(parameter, "is true or false");
        }
        return Boolean.valueOf(text);
    }

    private static Problem invalid(String field, String message) {
        return ProblemKind.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
