package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The closed positions of a MetaTrader account: the positions of MetaTrader 5's trade history report, and the closed transactions of
 * MetaTrader 4's statement, saved as CSV. The report's title lines may stand before them and its other tables after. Times are of the
 * broker's server.
 */
final class MetaTraderFormat implements Format {

    static final MetaTraderFormat FIVE = new MetaTraderFormat(
            "MetaTrader 5",
            List.of(
                    "Time",
                    "Position",
                    "Symbol",
                    "Type",
                    "Volume",
                    "Price",
                    "S / L",
                    "T / P",
                    "Time",
                    "Price",
                    "Commission",
                    "Swap",
                    "Profit"),
            new Names("Position", "Symbol", "Volume", "Time", "Time", 1));

    static final MetaTraderFormat FOUR = new MetaTraderFormat(
            "MetaTrader 4",
            List.of(
                    "Ticket",
                    "Open Time",
                    "Type",
                    "Size",
                    "Item",
                    "Price",
                    "S / L",
                    "T / P",
                    "Close Time",
                    "Price",
                    "Commission"),
            new Names("Ticket", "Item", "Size", "Open Time", "Close Time", 0));

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu.MM.dd HH:mm[:ss]", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** A broker may hang something of its own on a symbol, such as {@code EURUSD.m}. */
    private static final Pattern PAIR = Pattern.compile("[A-Z]{6}.{0,4}");

    private static final Set<String> CURRENCIES = Set.of(
            "AUD", "CAD", "CHF", "CNH", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "JPY", "MXN", "NOK", "NZD", "PLN",
            "SEK", "SGD", "TRY", "USD", "XAG", "XAU", "ZAR");
    private static final Pattern COIN = Pattern.compile("(BTC|ETH|LTC|XRP|BCH|SOL|ADA|DOGE|DOT|BNB|XLM|LINK|AVAX).*");

    private static final Pattern COMMODITY = Pattern.compile(".*OIL.*|WTI.*|BRENT.*|N(AT)?GAS.*|COPPER.*");

    /** Indices have figures in their names, shares the letters of an exchange. */
    private static final Pattern SHARE = Pattern.compile("#?[A-Z]{1,5}(\\.[A-Z]{1,4})?");

    private final String title;
    private final List<String> header;
    private final Names names;

    /** What the two call the same things; {@code closing} says the how-manieth of its name the time of closing is. */
    private record Names(String ticket, String symbol, String volume, String opened, String closed, int closing) {}

    private MetaTraderFormat(String title, List<String> header, Names names) {
        this.title = title;
        this.header = header;
        this.names = names;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public boolean hasColumns(Columns columns) {
        return columns.beginWith(header) && columns.have(List.of("Swap", "Profit"));
    }

    @Override
    public boolean endsBefore(Line line) {
        return line.isTitle();
    }

    @Override
    public Optional<TradeFields> read(Line line) {
        String type = line.text("Type");
        if (line.text(names.ticket) == null || !"buy".equalsIgnoreCase(type) && !"sell".equalsIgnoreCase(type)) {
            return Optional.empty();
        }
        boolean isLong = "buy".equalsIgnoreCase(type);
        BigDecimal entry = line.requiredDecimal("Price", 0);
        BigDecimal exit = line.requiredDecimal("Price", 1);
        BigDecimal size = PointValue.size(
                line.requiredDecimal("Profit", 0),
                isLong ? exit.subtract(entry) : entry.subtract(exit),
                line.requiredDecimal(names.volume, 0));
        String symbol = line.required(names.symbol).toUpperCase(Locale.ROOT);
        return Optional.of(new TradeFields(
                symbol,
                assetType(symbol),
                isLong ? "LONG" : "SHORT",
                entry,
                exit,
                level(line, "S / L"),
                level(line, "T / P"),
                size,
                null,
                fees(line),
                null,
                List.of(),
                null,
                line.brokerOr(title),
                line.required(names.ticket),
                required(names.opened, line.time(names.opened, 0, TIME)),
                required(names.closed, line.time(names.closed, names.closing, TIME))));
    }

    /** What the account was charged is negative there. */
    private static BigDecimal fees(Line line) {
        BigDecimal booked = BigDecimal.ZERO;
        for (String column : List.of("Commission", "Taxes", "Swap")) {
            BigDecimal amount = line.decimal(column);
            booked = amount == null ? booked : booked.add(amount);
        }
        return booked.negate();
    }

    /** No level is written as none or as 0. */
    private static BigDecimal level(Line line, String column) {
        BigDecimal level = line.decimal(column);
        return level == null || level.signum() == 0 ? null : level;
    }

    private static <T> T required(String column, T value) {
        if (value == null) {
            throw new Unreadable(column + " is missing");
        }
        return value;
    }

    /** The file does not say; by its symbol, as well as can be told. */
    private static String assetType(String symbol) {
        if (PAIR.matcher(symbol).matches()
                && CURRENCIES.contains(symbol.substring(0, 3))
                && CURRENCIES.contains(symbol.substring(3, 6))) {
            return "forex";
        }
        if (COIN.matcher(symbol).matches()) {
            return "crypto";
        }
        boolean isShare =
                SHARE.matcher(symbol).matches() && !COMMODITY.matcher(symbol).matches();
        return isShare ? "stocks" : "futures";
    }
}
