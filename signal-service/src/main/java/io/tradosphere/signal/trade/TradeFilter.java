package io.tradosphere.signal.trade;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Which of the caller's trades a list shows; null stands for all.
 *
 * @param asset upper case
 * @param tag one that the trade has
 * @param open whether it is still open
 * @param from not opened before
 * @param to opened before
 */
record TradeFilter(String asset, String tag, String strategy, Boolean open, Instant from, Instant to) {

    /** No filter can be longer and find anything. */
    private static final int LONGEST = 100;

    /**
     * Reads the query parameters; an empty one is none.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    static TradeFilter of(String asset, String tag, String strategy, String open, String from, String to) {
        String symbol = text("asset", asset);
        return new TradeFilter(
                symbol == null ? null : symbol.toUpperCase(Locale.ROOT),
                text("tag", tag),
                text("strategy", strategy),
                flag("open", open),
                Times.from("from", from),
                Times.to("to", to));
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
        return Problems.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
