package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The format of Tradovate's performance report: futures, one line a round trip, times in the account's zone, no fees.
 */
final class TradovateFormat implements TripFormat {

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
    private static final Pattern COUNTED = Pattern.compile("[0-9]{1,30}");

    @Override
    public String title() {
        return "Tradovate";
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public Optional<Columns> recognised(Columns columns) {
        return columns.have(HEADER) ? Optional.of(columns) : Optional.empty();
    }

    @Override
    public List<Column> numbers() {
        return Column.all("qty", "buyPrice", "sellPrice", "pnl");
    }

    @Override
    public List<Column> times() {
        return Column.all("boughtTimestamp", "soldTimestamp");
    }

    @Override
    public DateOrder usualDates() {
        return DateOrder.MONTH_FIRST;
    }

    @Override
    public Optional<ReadTrade> read(Line line) {
        Instant bought = line.time("boughtTimestamp").only();
        Instant sold = line.time("soldTimestamp").only();
        String buyFill = line.id("buyFillId");
        String sellFill = line.id("sellFillId");
        boolean isLong = bought.equals(sold) ? isBefore(buyFill, sellFill) : bought.isBefore(sold);
        BigDecimal buy = line.requiredDecimal("buyPrice");
        BigDecimal sell = line.requiredDecimal("sellPrice");
        BrokerResult result =
                BrokerResult.of(line.requiredDecimal("pnl"), sell.subtract(buy), line.requiredDecimal("qty"));
        boolean identified = buyFill != null && sellFill != null;
        return Optional.of(ReadTrade.of(
                new TradeFields(
                        line.required("symbol"),
                        "futures",
                        (isLong ? Direction.LONG : Direction.SHORT).name(),
                        isLong ? buy : sell,
                        isLong ? sell : buy,
                        null,
                        null,
                        result.size(),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        line.brokerOr(title()),
                        identified ? buyFill + ":" + sellFill : null,
                        isLong ? bought : sold,
                        isLong ? sold : bought),
                result));
    }

    /** Fills are numbered as they happen, which tells the side when both were in the same second. */
    private static boolean isBefore(String buyFill, String sellFill) {
        if (buyFill == null
                || sellFill == null
                || buyFill.equals(sellFill)
                || !COUNTED.matcher(buyFill).matches()
                || !COUNTED.matcher(sellFill).matches()) {
            throw new UnreadableLineException(
                    "bought and sold in the same second, and the fills do not tell which was first: LONG or SHORT");
        }
        return new BigInteger(buyFill).compareTo(new BigInteger(sellFill)) < 0;
    }
}
