package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The format of TopstepX and other ProjectX platforms: futures, one line a round trip, times with an offset. */
final class TopstepXFormat implements TripFormat {

    private static final List<String> HEADER = List.of(
            "Id", "ContractName", "EnteredAt", "ExitedAt", "EntryPrice", "ExitPrice", "Fees", "PnL", "Size", "Type");

    @Override
    public String title() {
        return "TopstepX";
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
        return Column.all("EntryPrice", "ExitPrice", "Fees", "PnL", "Size", "Commissions");
    }

    @Override
    public List<Column> times() {
        return Column.all("EnteredAt", "ExitedAt", "TradeDay");
    }

    @Override
    public DateOrder usualDates() {
        return DateOrder.MONTH_FIRST;
    }

    @Override
    public Optional<ReadTrade> read(Line line) {
        Direction direction = Sides.required("Type", line.required("Type"));
        BigDecimal entry = line.requiredDecimal("EntryPrice");
        BigDecimal exit = line.requiredDecimal("ExitPrice");
        BrokerResult result =
                BrokerResult.of(line.requiredDecimal("PnL"), direction.gain(entry, exit), line.requiredDecimal("Size"));
        Moment.Period period = line.time("EnteredAt").until(line.time("ExitedAt"), line);
        return Optional.of(ReadTrade.of(
                new TradeFields(
                        line.required("ContractName"),
                        "futures",
                        direction.name(),
                        entry,
                        exit,
                        null,
                        null,
                        result.size(),
                        null,
                        line.sum("Fees", "Commissions"),
                        null,
                        List.of(),
                        null,
                        line.brokerOr(title()),
                        line.id("Id"),
                        period.opened(),
                        period.closed()),
                result));
    }
}
