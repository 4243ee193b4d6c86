package io.tradosphere.signal.list;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.signal.view.SignalStatus;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which signals a list shows; each null lets all of them pass.
 *
 * @param assetSymbol upper case
 */
record SignalFilter(String status, String assetSymbol, String assetType, UUID creator, String direction) {

    static final List<String> ASSET_TYPES = List.of("crypto", "stocks", "futures", "forex");
    static final List<String> DIRECTIONS = List.of("LONG", "SHORT");

    private static final Pattern SYMBOL = Pattern.compile("[!-~]{1,32}");
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /**
     * Reads the query parameters.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    static SignalFilter of(String status, String assetSymbol, String assetType, String creator, String direction) {
        return new SignalFilter(
                SignalStatus.filter(status),
                symbol(assetSymbol),
                oneOf("assetType", assetType, ASSET_TYPES),
                creator(creator),
                oneOf("direction", direction, DIRECTIONS));
    }

    private static String symbol(String text) {
        if (text != null && !SYMBOL.matcher(text).matches()) {
            throw invalid("assetSymbol", "has 1 to 32 plain characters and no spaces, such as BTC/USD");
        }
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    private static UUID creator(String text) {
        if (text != null && !ID.matcher(text).matches()) {
            throw invalid("creatorId", "is the id of a profile, a UUID");
        }
        return text == null ? null : UUID.fromString(text);
    }

    private static String oneOf(String field, String text, List<String> choices) {
        if (text != null && !choices.contains(text)) {
            throw invalid(field, "is one of " + String.join(", ", choices));
        }
        return text;
    }

    private static Problem invalid(String field, String message) {
        return Problems.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
