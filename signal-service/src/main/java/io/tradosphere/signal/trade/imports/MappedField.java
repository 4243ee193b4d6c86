package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Where a mapping takes a field of a trade from: a column of the file, or a value that is the same for all lines.
 *
 * @param field the field of a trade
 * @param column the title of the column, whatever its case; null with a value
 * @param value the value; null with a column
 */
record MappedField(
        @NotNull(message = "is required")
        @Pattern(
                regexp = "asset|assetType|direction|entryPrice|exitPrice|stopLoss|takeProfit|size|leverage|fees|notes"
                        + "|tags|strategy|brokerName|brokerTradeId|openedAt|closedAt|brokerPnl",
                message = "is a field that a trade is entered from, such as entryPrice")
        String field,

        @Nullable @FreeText @Pattern(regexp = TEXT, message = TEXT_MESSAGE)
        String column,

        @Nullable @FreeText @Pattern(regexp = TEXT, message = TEXT_MESSAGE)
        String value) {

    private static final String TEXT = "(?!\\s)[^\\p{Cntrl}]{1,100}(?<!\\s)";
    private static final String TEXT_MESSAGE =
            "has 1 to 100 characters, none of them control characters, no space around them";
}
