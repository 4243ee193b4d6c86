package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.TradeFields;
import io.tradosphere.signal.trade.TradeFile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The format of TradoSphere: the fields of a trade as in the API, tags separated by {@code |}. The computed columns of an
 * exported journal are not read, except to choose between two readings of a number.
 */
final class OwnFormat implements TripFormat {

    static final List<String> REQUIRED = List.of("asset", "assetType", "direction", "entryPrice", "size", "openedAt");
    private static final Column CLOSED_AT = Column.of("closedAt");

    private final boolean negativeFees;

    OwnFormat() {
        this(false);
    }

    /**
     * The format of files with the same fields.
     *
     * @param negativeFees whether charges are negative
     */
    OwnFormat(boolean negativeFees) {
        this.negativeFees = negativeFees;
    }

    @Override
    public String title() {
        return "TradoSphere";
    }

    @Override
    public List<String> header() {
        return TradeFile.ENTERED;
    }

    @Override
    public Optional<Columns> recognised(Columns columns) {
        return columns.have(REQUIRED) && columns.haveOnce(TradeFile.COLUMNS) ? Optional.of(columns) : Optional.empty();
    }

    @Override
    public List<String> ignored(Columns columns) {
        return columns.others(TradeFile.COLUMNS);
    }

    @Override
    public List<Column> numbers() {
        return Column.all(
                "entryPrice",
                "exitPrice",
                "stopLoss",
                "takeProfit",
                "size",
                "leverage",
                "fees",
                "brokerPnl",
                "pnl",
                "netPnl",
                "pnlPercentage");
    }

    @Override
    public List<Column> times() {
        return Column.all("openedAt", "closedAt", "closeReportedAt", "createdAt", "updatedAt");
    }

    @Override
    public BigDecimal usualWorth() {
        return BigDecimal.ONE;
    }

    @Override
    public Optional<ReadTrade> read(Line line) {
        BigDecimal fees = line.decimal("fees");
        String direction = line.required("direction");
        Moment opened = line.time("openedAt");
        Moment closed = line.timeOrNull(CLOSED_AT);
        Moment.Period period = closed == null ? new Moment.Period(opened.only(), null) : opened.until(closed, line);
        TradeFields fields = new TradeFields(
                TradeFile.text(line.required("asset")),
                line.required("assetType").toLowerCase(Locale.ROOT),
                Sides.of(direction).map(Direction::name).orElse(direction),
                line.requiredDecimal("entryPrice"),
                line.decimal("exitPrice"),
                line.decimal("stopLoss"),
                line.decimal("takeProfit"),
                line.requiredDecimal("size"),
                line.decimal("leverage"),
                fees == null || !negativeFees ? fees : fees.negate(),
                TradeFile.text(line.exactText("notes")),
                TradeFile.tags(TradeFile.text(line.text("tags"))),
                TradeFile.text(line.text("strategy")),
                line.text("brokerName") == null ? line.brokerOr(null) : TradeFile.text(line.text("brokerName")),
                line.text("brokerTradeId") == null ? null : TradeFile.text(line.id("brokerTradeId")),
                period.opened(),
                period.closed());
        BigDecimal brokerPnl = line.decimal("brokerPnl");
        return Optional.of(new ReadTrade(
                fields,
                fields.exitPrice() == null ? null : brokerPnl,
                worth(fields, brokerPnl, line),
                line.text("id")));
    }

    /** A line with an unclear number is checked by the profit, if it has one. */
    private static BigDecimal worth(TradeFields fields, BigDecimal brokerPnl, Line line) {
        if (brokerPnl != null || line.unclear() == null || fields.exitPrice() == null) {
            return null;
        }
        BigDecimal pnl = line.decimal("pnl");
        if (pnl == null || pnl.signum() == 0) {
            return null;
        }
        BigDecimal move = Direction.LONG.gain(fields.entryPrice(), fields.exitPrice());
        return Ratios.of(pnl, move.multiply(fields.size()));
    }
}
