package io.tradosphere.signal.post;

import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.http.WebAddress;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * The request that posts a signal.
 *
 * @param assetSymbol what is traded, in any case
 * @param aiParsed whether the fields were read from free text by machine; null for no
 */
@LevelsFitDirection
record NewSignal(
        @NotNull(message = "is required")
        @Pattern(regexp = "[!-~]{1,32}", message = "has 1 to 32 plain characters and no spaces, such as BTC/USD")
        String assetSymbol,

        @NotNull(message = "is required")
        @Pattern(regexp = "crypto|stocks|futures|forex", message = "is one of crypto, stocks, futures, forex")
        String assetType,

        @NotNull(message = "is required") @Pattern(regexp = LONG + "|SHORT", message = "is one of LONG, SHORT")
        String direction,

        @Decimal @Amount BigDecimal entryPrice,
        @Decimal @Amount BigDecimal targetPrice,
        @Decimal @Amount BigDecimal stopLoss,
        @Decimal @Amount BigDecimal positionSize,

        @NotNull(message = "is required") @Pattern(regexp = RATIONALE, message = RATIONALE_MESSAGE)
        String rationale,

        @Pattern(regexp = TIMEFRAME, message = TIMEFRAME_MESSAGE)
        String timeframe,

        @WebAddress String chartImageUrl,
        Boolean aiParsed,

        @Pattern(regexp = "high|medium|low", message = "is one of high, medium, low")
        String aiConfidence) {

    static final String LONG = "LONG";

    /** Characters as people count them, as the database does. */
    static final String RATIONALE = "(?sU)(?=.*\\S).{1,10000}";

    static final String RATIONALE_MESSAGE = "has 1 to 10000 characters, not all of them spaces";
    static final String TIMEFRAME = "(?!\\s)[^\\p{Cntrl}]{1,20}(?<!\\s)";
    static final String TIMEFRAME_MESSAGE =
            "has 1 to 20 characters, none of them control characters, no space around them";

    boolean isLong() {
        return LONG.equals(direction);
    }

    /** The symbol as it is stored. */
    String symbol() {
        return assetSymbol.toUpperCase(Locale.ROOT);
    }
}
