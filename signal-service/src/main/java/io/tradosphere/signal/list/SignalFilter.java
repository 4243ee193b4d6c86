package io.tradosphere.signal.list;

import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.signal.view.SignalStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The filter of a signal list; a null component matches all signals.
 *
 * @param assetSymbol upper case
 */
record SignalFilter(String status, String assetSymbol, String assetType, UUID creator, String direction) {

    static final List<String> ASSET_TYPES =
            Arrays.stream(AssetType.values()).map(EnumText::of).toList();
    static final List<String> DIRECTIONS =
            Arrays.stream(Direction.values()).map(Enum::name).toList();

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
        return ProblemKind.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
