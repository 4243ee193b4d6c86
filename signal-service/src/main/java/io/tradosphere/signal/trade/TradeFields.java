package io.tradosphere.signal.trade;

import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
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

/**
 * What a person says of a trade of theirs. What it made is not in it: that is computed.
 *
 * @param asset what is traded, in any case, such as {@code BTC/USD}
 * @param assetType {@code crypto}, {@code stocks}, {@code futures} or {@code forex}
 * @param direction {@code LONG} or {@code SHORT}
 * @param exitPrice null while the trade is open
 * @param stopLoss null when there is none
 * @param takeProfit null when there is none
 * @param size in units of the asset
 * @param leverage how many times the margin; null for 1
 * @param fees what the broker took, negative for a rebate; null for nothing
 * @param notes null when there are none
 * @param tags null for none
 * @param strategy null when there is none
 * @param brokerName null when there is none
 * @param brokerTradeId the broker's own name for the trade; a journal holds each but once
 * @param openedAt null for now
 * @param closedAt null while open; null with an exit price for now
 */
public record TradeFields(
        @NotNull(message = "is required") @Pattern(regexp = ASSET, message = ASSET_MESSAGE)
        String asset,

        @NotNull(message = "is required")
        @Pattern(regexp = "crypto|stocks|futures|forex", message = "is one of crypto, stocks, futures, forex")
        String assetType,

        @NotNull(message = "is required") @Pattern(regexp = "LONG|SHORT", message = "is one of LONG, SHORT")
        String direction,

        @NotNull(message = "is required") @Decimal @Amount BigDecimal entryPrice,
        @Decimal @Amount BigDecimal exitPrice,
        @Decimal @Amount BigDecimal stopLoss,
        @Decimal @Amount BigDecimal takeProfit,

        @NotNull(message = "is required") @Decimal @Amount BigDecimal size,
        @Decimal @Leverage BigDecimal leverage,
        @Decimal @Fees BigDecimal fees,

        @Pattern(regexp = "(?s)[^\\x00]{0,10000}", message = "has at most 10000 characters, none of them NUL")
        String notes,

        @Tags List<String> tags,

        @Pattern(regexp = NAME, message = NAME_MESSAGE) String strategy,
        @Pattern(regexp = NAME, message = NAME_MESSAGE) String brokerName,

        @Pattern(
                regexp = "(?!\\s)[^\\p{Cntrl}]{1,200}(?<!\\s)",
                message = "has 1 to 200 characters, none of them control characters, no space around them")
        String brokerTradeId,

        Instant openedAt,
        Instant closedAt) {

    static final String ASSET = "[!-~]{1,32}";
    static final String ASSET_MESSAGE = "has 1 to 32 plain characters and no spaces, such as BTC/USD";

    private static final String NAME = "(?!\\s)[^\\p{Cntrl}]{1,100}(?<!\\s)";
    private static final String NAME_MESSAGE =
            "has 1 to 100 characters, none of them control characters, no space around them";

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    /** What a client's clock may be ahead of ours; the policy of the table says the same. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /**
     * The same with everything that was left out, as it is stored.
     *
     * @param now the beginning of the transaction that stores it, by the database's clock
     * @throws Problem {@code invalid-request} (400) when its fields do not go together
     */
    public TradeFields completed(Instant now) {
        Instant opened = openedAt == null ? now : openedAt.truncatedTo(ChronoUnit.MICROS);
        Instant closed = closedAt == null ? null : closedAt.truncatedTo(ChronoUnit.MICROS);
        if (closed == null && exitPrice != null) {
            closed = now.isBefore(opened) ? opened : now;
        }
        List<Violation> violations = contradictions(opened, closed, now.plus(AHEAD));
        if (!violations.isEmpty()) {
            throw Problems.INVALID_REQUEST.because("The trade's fields do not go together.", violations);
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

    /** What others are told of: whether these figures differ from others. Texts and levels are nobody else's business. */
    boolean sameFigures(TradeFields other) {
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

    /** The same without the time of its closing, when the price of it has been taken away. */
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
