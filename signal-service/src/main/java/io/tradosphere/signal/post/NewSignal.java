package io.tradosphere.signal.post;

import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Audience;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.http.WebAddress;
import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request that posts a signal.
 *
 * @param assetSymbol what is traded, in any case, such as {@code BTC/USD}
 * @param assetType the type of the asset
 * @param direction which way it is meant
 * @param entryPrice where to enter; optional
 * @param targetPrice the price that makes it a hit; optional
 * @param stopLoss the price that makes it a miss; optional
 * @param positionSize suggested size of the position, in units of the asset; optional
 * @param rationale why, of 1 to 10000 characters
 * @param timeframe over what time it is meant, such as {@code 4H}; optional
 * @param chartImageUrl http or https address of a chart; optional
 * @param aiParsed whether the fields were read from free text by machine; false when absent
 * @param aiConfidence how sure the machine was; optional
 * @param audience for whom it is until it is resolved; public when absent
 */
@LevelsFitDirection
record NewSignal(
        @NotNull(message = "is required")
        @Pattern(regexp = "[!-~]{1,32}", message = "has 1 to 32 plain characters and no spaces, such as BTC/USD")
        String assetSymbol,

        @NotNull(message = "is required")
        @Pattern(regexp = "crypto|stocks|futures|forex", message = "is one of crypto, stocks, futures, forex")
        @Schema(implementation = AssetType.class)
        String assetType,

        @NotNull(message = "is required")
        @Pattern(regexp = "LONG|SHORT", message = "is one of LONG, SHORT")
        @Schema(implementation = Direction.class)
        String direction,

        @Decimal @Amount BigDecimal entryPrice,
        @Decimal @Amount BigDecimal targetPrice,
        @Decimal @Amount BigDecimal stopLoss,
        @Decimal @Amount BigDecimal positionSize,

        @NotNull(message = "is required")
        @FreeText(lines = true)
        @Pattern(regexp = RATIONALE, message = RATIONALE_MESSAGE)
        String rationale,

        @FreeText @Pattern(regexp = TIMEFRAME, message = TIMEFRAME_MESSAGE)
        String timeframe,

        @WebAddress String chartImageUrl,
        Boolean aiParsed,

        @Pattern(regexp = "high|medium|low", message = "is one of high, medium, low")
        String aiConfidence,

        @Pattern(regexp = "public|subscribers", message = "is one of public, subscribers")
        @Schema(implementation = Audience.class)
        String audience) {

    /** Characters are code points, as the database counts them. */
    static final String RATIONALE = "(?sU)(?=.*\\S).{1,10000}";

    static final String RATIONALE_MESSAGE = "has 1 to 10000 characters, not all of them spaces";
    static final String TIMEFRAME = "(?!\\s)[^\\p{Cntrl}]{1,20}(?<!\\s)";
    static final String TIMEFRAME_MESSAGE =
            "has 1 to 20 characters, none of them control characters, no space around them";

    /** The symbol as it is stored. */
    String symbol() {
        return assetSymbol.toUpperCase(Locale.ROOT);
    }

    /** The audience as it is stored. */
    String storedAudience() {
        return audience == null ? EnumText.of(Audience.PUBLIC) : audience;
    }
}
