package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The format of Binance's position history: linear futures, one line a position, times in the zone that the user has
 * chosen there, profits before fees. Fees are not in it.
 */
final class BinancePositionsFormat implements TripFormat {

    private static final List<String> HEADER = List.of(
            "Symbol",
            "Position Side",
            "Entry Price",
            "Avg. Close Price",
            "Closed Vol.",
            "Closing PNL",
            "Opened",
            "Closed");
    private static final BigDecimal CENT = new BigDecimal("0.01");

    /** The part of a profit that rounded averages may change. */
    private static final BigDecimal ROUNDING = new BigDecimal("0.01");

    @Override
    public String title() {
        return "Binance position history";
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
        return Column.all("Entry Price", "Avg. Close Price", "Closed Vol.", "Closing PNL");
    }

    @Override
    public List<Column> times() {
        return Column.all("Opened", "Closed");
    }

    @Override
    public BigDecimal usualWorth() {
        return BigDecimal.ONE;
    }

    @Override
    public Optional<ReadTrade> read(Line line) {
        String status = line.text("Status");
        if (status != null && !status.equalsIgnoreCase("Closed") || line.text("Closed") == null) {
            return Optional.empty();
        }
        String symbol = line.required("Symbol").toUpperCase(Locale.ROOT);
        if (CryptoExchanges.isInverse(symbol)) {
            throw new UnreadableLineException("Symbol " + symbol + InverseContracts.REFUSED);
        }
        Direction direction = Sides.required("Position Side", line.text("Position Side"));
        BigDecimal entry = line.requiredDecimal("Entry Price");
        BigDecimal exit = line.requiredDecimal("Avg. Close Price");
        BigDecimal size = line.requiredDecimal("Closed Vol.");
        BigDecimal profit = line.requiredDecimal("Closing PNL");
        BigDecimal computed = direction.gain(entry, exit).multiply(size);
        BigDecimal tolerated = computed.abs().multiply(ROUNDING).max(CENT);
        if (profit.subtract(computed).abs().compareTo(tolerated) > 0) {
            throw new UnreadableLineException("Closing PNL is not that of the prices and the volume: " + profit
                    + " and " + Ratios.rounded(computed));
        }
        line.say("the file has no fees");
        Moment.Period period = line.timeOfCentury("Opened").until(line.timeOfCentury("Closed"), line);
        return Optional.of(new ReadTrade(
                new TradeFields(
                        symbol,
                        "crypto",
                        direction.name(),
                        entry,
                        exit,
                        null,
                        null,
                        size,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        line.brokerOr("Binance"),
                        null,
                        period.opened(),
                        period.closed()),
                profit.compareTo(computed) == 0 ? null : Ratios.rounded(profit),
                Ratios.of(profit, computed),
                null));
    }
}
