package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.TradeFields;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Our own: the fields of a trade as the API has them, tags separated by {@code |}. */
final class OwnFormat implements Format {

    /** RFC 3339; or without an offset, and with a space instead of the T, as spreadsheets write it. */
    static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][ ]HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final List<String> REQUIRED =
            List.of("asset", "assetType", "direction", "entryPrice", "size", "openedAt");
    private static final List<String> KNOWN = List.of(
            "asset",
            "assetType",
            "direction",
            "entryPrice",
            "exitPrice",
            "stopLoss",
            "takeProfit",
            "size",
            "leverage",
            "fees",
            "notes",
            "tags",
            "strategy",
            "brokerName",
            "brokerTradeId",
            "openedAt",
            "closedAt");

    @Override
    public String title() {
        return "TradoSphere";
    }

    @Override
    public List<String> header() {
        return KNOWN;
    }

    @Override
    public boolean hasColumns(Columns columns) {
        return columns.have(REQUIRED) && columns.areAmong(KNOWN);
    }

    @Override
    public Optional<TradeFields> read(Line line) {
        Instant openedAt = line.time("openedAt", 0, TIME);
        if (openedAt == null) {
            throw new Unreadable("openedAt is missing");
        }
        return Optional.of(new TradeFields(
                line.required("asset"),
                line.required("assetType").toLowerCase(Locale.ROOT),
                line.required("direction").toUpperCase(Locale.ROOT),
                line.requiredDecimal("entryPrice", 0),
                line.decimal("exitPrice"),
                line.decimal("stopLoss"),
                line.decimal("takeProfit"),
                line.requiredDecimal("size", 0),
                line.decimal("leverage"),
                line.decimal("fees"),
                line.text("notes"),
                tags(line.text("tags")),
                line.text("strategy"),
                line.text("brokerName") == null ? line.brokerOr(null) : line.text("brokerName"),
                line.text("brokerTradeId"),
                openedAt,
                line.time("closedAt", 0, TIME)));
    }

    private static List<String> tags(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("\\|", -1))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .toList();
    }
}
