package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The format of MetaTrader accounts, saved as CSV: positions of version 5's trade history report, closed transactions of
 * version 4's statement, or the history of the web terminal. Title lines may precede them and other tables follow. The
 * report is in the terminal's language. Times are in the zone of the broker's server.
 */
final class MetaTraderFormat implements TripFormat {

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
            new Names(
                    "Position",
                    "Symbol",
                    "Volume",
                    Column.of("Time"),
                    new Column("Time", 1),
                    Column.of("Price"),
                    new Column("Price", 1),
                    Column.of("S / L"),
                    Column.of("T / P"),
                    "Profit"));

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
                    "Commission",
                    "Swap",
                    "Profit"),
            new Names(
                    "Ticket",
                    "Item",
                    "Size",
                    Column.of("Open Time"),
                    Column.of("Close Time"),
                    Column.of("Price"),
                    new Column("Price", 1),
                    Column.of("S / L"),
                    Column.of("T / P"),
                    "Profit"));

    static final MetaTraderFormat WEB = new MetaTraderFormat(
            "MetaTrader web terminal",
            List.of(
                    "Order",
                    "Open time",
                    "Type",
                    "Lot",
                    "Symbol",
                    "Open price",
                    "Sl",
                    "Tp",
                    "Close time",
                    "Price",
                    "Commission",
                    "Swap",
                    "Profit / Loss"),
            new Names(
                    "Order",
                    "Symbol",
                    "Lot",
                    Column.of("Open time"),
                    Column.of("Close time"),
                    Column.of("Open price"),
                    Column.of("Price"),
                    Column.of("Sl"),
                    Column.of("Tp"),
                    "Profit / Loss"));

    private final String title;
    private final List<String> header;
    private final Names names;

    /** The columns of a version. */
    private record Names(
            String ticket,
            String symbol,
            String volume,
            Column opened,
            Column closed,
            Column entry,
            Column exit,
            Column stop,
            Column target,
            String profit) {}

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
    public Optional<Columns> recognised(Columns columns) {
        return Optional.of(columns.translated(MetaTraderWords.COLUMNS)).filter(each -> each.haveInOrder(header));
    }

    @Override
    public List<Column> numbers() {
        return Stream.concat(
                        Stream.of(names.entry, names.exit, names.stop, names.target),
                        Stream.of(names.volume, "Commission", "Taxes", "Swap", names.profit)
                                .map(Column::of))
                .toList();
    }

    @Override
    public List<Column> times() {
        return List.of(names.opened, names.closed);
    }

    @Override
    public boolean endsBefore(Line line) {
        return line.isTitle();
    }

    @Override
    public Optional<ReadTrade> read(Line line) {
        String type = line.text("Type");
        if (line.text(names.ticket) == null || type == null || line.text(names.symbol) == null) {
            return Optional.empty();
        }
        Optional<Direction> side = Sides.of(type);
        if (side.isEmpty()) {
            if (MetaTraderWords.isOrder(type)) {
                return Optional.empty();
            }
            throw new UnreadableLineException("Type " + type + " is neither buy nor sell");
        }
        Direction direction = side.get();
        BigDecimal entry = line.requiredDecimal(names.entry);
        BigDecimal exit = line.requiredDecimal(names.exit);
        BrokerResult result = BrokerResult.of(
                line.requiredDecimal(names.profit), direction.gain(entry, exit), line.requiredDecimal(names.volume));
        String symbol = line.required(names.symbol).toUpperCase(Locale.ROOT);
        Moment.Period period = line.time(names.opened).until(line.time(names.closed), line);
        return Optional.of(ReadTrade.of(
                new TradeFields(
                        symbol,
                        AssetTypes.ofMetaTrader(symbol),
                        direction.name(),
                        entry,
                        exit,
                        level(line, names.stop),
                        level(line, names.target),
                        result.size(),
                        null,
                        // Charges are negative in the file.
                        line.sum("Commission", "Taxes", "Swap").negate(),
                        null,
                        List.of(),
                        null,
                        line.brokerOr(title),
                        line.id(names.ticket),
                        period.opened(),
                        period.closed()),
                result));
    }

    /** A missing level is blank or 0. */
    private static BigDecimal level(Line line, Column column) {
        BigDecimal level = line.decimal(column);
        return level == null || level.signum() == 0 ? null : level;
    }
}
