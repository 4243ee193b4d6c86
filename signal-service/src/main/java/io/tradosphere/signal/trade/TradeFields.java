package io.tradosphere.signal.trade;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.http.Defaulted;
import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The fields of a trade that its owner enters; profit and loss are computed.
 *
 * @param asset what is traded, in any case, such as {@code BTC/USD}
 * @param assetType the type of the asset
 * @param direction which way it was traded
 * @param entryPrice the price of entering
 * @param exitPrice null while the trade is open; 0 when it ended worthless
 * @param stopLoss null when there is none
 * @param takeProfit null when there is none
 * @param size in units of the asset
 * @param leverage multiple of the margin; 1 when absent
 * @param fees charged by the broker, negative for a rebate; 0 when absent
 * @param notes null when there are none
 * @param tags at most 20 different tags; none when absent
 * @param strategy null when there is none
 * @param brokerName null when there is none
 * @param brokerTradeId the broker's id of the trade, unique in the journal
 * @param openedAt when it was opened; now when absent
 * @param closedAt when it was closed; null while open. Absent with an exit price: now
 */
public record TradeFields(
        @NotNull(message = "is required") @Pattern(regexp = ASSET, message = ASSET_MESSAGE)
        String asset,

        @NotNull(message = "is required")
        @Pattern(regexp = "crypto|stocks|futures|forex", message = "is one of crypto, stocks, futures, forex")
        @Schema(implementation = AssetType.class)
        String assetType,

        @NotNull(message = "is required")
        @Pattern(regexp = "LONG|SHORT", message = "is one of LONG, SHORT")
        @Schema(implementation = Direction.class)
        String direction,

        @NotNull(message = "is required") @Decimal @Amount BigDecimal entryPrice,
        @Nullable @Decimal @ExitPrice BigDecimal exitPrice,
        @Nullable @Decimal @Amount BigDecimal stopLoss,
        @Nullable @Decimal @Amount BigDecimal takeProfit,
        @NotNull(message = "is required") @Decimal @Amount BigDecimal size,
        @Defaulted @Decimal @Leverage BigDecimal leverage,
        @Defaulted @Decimal @Fees BigDecimal fees,

        @Nullable
        @FreeText(lines = true)
        @Pattern(regexp = "(?s)[^\\x00]{0,10000}", message = "has at most 10000 characters, none of them NUL")
        String notes,

        @Tags List<String> tags,

        @Nullable @FreeText @Pattern(regexp = NAME, message = NAME_MESSAGE)
        String strategy,

        @Nullable @FreeText @Pattern(regexp = NAME, message = NAME_MESSAGE)
        String brokerName,

        @Nullable
        @FreeText
        @Pattern(
                regexp = "(?!\\s)[^\\p{Cntrl}]{1,200}(?<!\\s)",
                message = "has 1 to 200 characters, none of them control characters, no space around them")
        String brokerTradeId,

        Instant openedAt,
        @Nullable Instant closedAt) {

    static final String ASSET = "[!-~]{1,32}";
    static final String ASSET_MESSAGE = "has 1 to 32 plain characters and no spaces, such as BTC/USD";

    private static final String NAME = "(?!\\s)[^\\p{Cntrl}]{1,100}(?<!\\s)";
    private static final String NAME_MESSAGE =
            "has 1 to 100 characters, none of them control characters, no space around them";

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    /** How far a client's clock may be ahead of ours; the table's policy has the same limit. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /**
     * The same fields with defaults for missing ones, as they are stored.
     *
     * @param now the start of the transaction by the database's clock
     * @throws Problem {@code invalid-request} (400) when the fields are inconsistent
     */
    public TradeFields completed(Instant now) {
        Instant opened = openedAt == null ? now : openedAt.truncatedTo(ChronoUnit.MICROS);
        Instant closed = closedAt == null ? null : closedAt.truncatedTo(ChronoUnit.MICROS);
        if (closed == null && exitPrice != null) {
            closed = now.isBefore(opened) ? opened : now;
        }
        List<Violation> violations = contradictions(opened, closed, now.plus(AHEAD));
        if (!violations.isEmpty()) {
            throw ProblemKind.INVALID_REQUEST.because("The trade's fields are inconsistent.", violations);
        }
        return new TradeFields(
                asset.toUpperCase(Locale.ROOT),
                assetType,
                direction,
                entryPrice,
                exitPrice,
                stopLoss,
                takeProfit,
                size,
                leverage == null ? BigDecimal.ONE : leverage,
                fees == null ? BigDecimal.ZERO : fees,
                notes,
                tags == null ? List.of() : tags,
                strategy,
                brokerName,
                brokerTradeId,
                opened,
                closed);
    }

    private List<Violation> contradictions(Instant opened, Instant closed, Instant latest) {
        List<Violation> violations = new ArrayList<>();
        if (brokerTradeId != null && brokerName == null) {
            violations.add(new Violation("brokerName", "is required with brokerTradeId"));
        }
        if (closed != null && exitPrice == null) {
            violations.add(new Violation("exitPrice", "is required with closedAt"));
        }
        if (opened.isBefore(EARLIEST)) {
            violations.add(new Violation("openedAt", "is not before 1900"));
        } else if (opened.isAfter(latest)) {
            violations.add(new Violation("openedAt", "is not in the future"));
        }
        if (closed != null && closed.isBefore(opened)) {
            violations.add(new Violation("closedAt", "is not before openedAt"));
        } else if (closed != null && closed.isAfter(latest)) {
            violations.add(new Violation("closedAt", "is not in the future"));
        }
        return violations;
    }

    /** Whether the fields published in events are equal. Texts and levels are not published. */
    boolean hasSamePublishedFields(TradeFields other) {
        return asset.equals(other.asset)
                && assetType.equals(other.assetType)
                && direction.equals(other.direction)
                && same(entryPrice, other.entryPrice)
                && same(exitPrice, other.exitPrice)
                && same(size, other.size)
                && same(leverage, other.leverage)
                && same(fees, other.fees)
                && openedAt.equals(other.openedAt)
                && Objects.equals(closedAt, other.closedAt);
    }

    /** The same fields without the closing time, when the exit price was removed. */
    TradeFields reopenedFrom(TradeFields before) {
        return exitPrice == null && before.exitPrice != null ? withoutClose() : this;
    }

    private TradeFields withoutClose() {
        return new TradeFields(
                asset,
                assetType,
                direction,
                entryPrice,
                null,
                stopLoss,
                takeProfit,
                size,
                leverage,
                fees,
                notes,
                tags,
                strategy,
                brokerName,
                brokerTradeId,
                openedAt,
                null);
    }

    private static boolean same(BigDecimal one, BigDecimal other) {
        return one == null || other == null ? one == other : one.compareTo(other) == 0;
    }
}
