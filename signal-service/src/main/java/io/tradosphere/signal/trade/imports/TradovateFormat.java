package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tradovate's performance report: futures, one line a buy and a sell that belong together, times of the account's zone, no fees. */
final class TradovateFormat implements Format {

    private static final List<String> HEADER = List.of(
            "symbol",
            "_priceFormat",
            "_priceFormatType",
            "_tickSize",
            "buyFillId",
            "sellFillId",
            "qty",
            "buyPrice",
            "sellPrice",
            "pnl",
            "boughtTimestamp",
            "soldTimestamp");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM/dd/uuuu HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    @Override
    public String title() {
        return "Tradovate";
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public boolean hasColumns(Columns columns) {
        return columns.have(HEADER);
    }

    @Override
    public Optional<TradeFields> read(Line line) {
        line.required("boughtTimestamp");
        line.required("soldTimestamp");
        Instant bought = line.time("boughtTimestamp", 0, TIME);
        Instant sold = line.time("soldTimestamp", 0, TIME);
        boolean isLong = !sold.isBefore(bought);
        BigDecimal buy = line.requiredDecimal("buyPrice", 0);
        BigDecimal sell = line.requiredDecimal("sellPrice", 0);
        return Optional.of(new TradeFields(
                line.required("symbol"),
                "futures",
                isLong ? "LONG" : "SHORT",
                isLong ? buy : sell,
                isLong ? sell : buy,
                null,
                null,
                PointValue.size(line.dollars("pnl"), sell.subtract(buy), line.requiredDecimal("qty", 0)),
                null,
                null,
                null,
                List.of(),
                null,
                line.brokerOr(title()),
                line.required("buyFillId") + ":" + line.required("sellFillId"),
                isLong ? bought : sold,
                isLong ? sold : bought));
    }
}
