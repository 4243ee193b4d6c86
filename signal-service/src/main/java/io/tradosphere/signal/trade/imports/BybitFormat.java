package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The format of Bybit's closed profit and loss: linear contracts, one line a closing, times in UTC, profits after fees. It
 * does not say when a position was opened.
 */
final class BybitFormat implements TripFormat {

    private static final List<String> HEADER =
            List.of("Contracts", "Closing Direction", "Qty", "Entry Price", "Exit Price", "Closed P&L");
    /** Perpetual, or with the month and year of its delivery. */
    private static final Pattern INVERSE = Pattern.compile("USD([FGHJKMNQUVXZ][0-9]{2})?$");

    private static final List<Column> TIMES = Column.all("Trade Time(UTC+0)", "Trade Time", "Exit Time");

    @Override
    public String title() {
        return "Bybit";
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
        return Column.all("Qty", "Entry Price", "Exit Price", "Closed P&L");
    }

    @Override
    public List<Column> times() {
        return TIMES;
    }

    @Override
    public Optional<ReadTrade> read(Line line) {
        String contract = line.required("Contracts").toUpperCase(Locale.ROOT);
        if (INVERSE.matcher(contract).find()) {
            throw new UnreadableLineException("Contracts " + contract + InverseContracts.REFUSED);
        }
        // A sale closes what was bought.
        Direction closing = Sides.required("Closing Direction", line.text("Closing Direction"));
        Direction direction = closing == Direction.LONG ? Direction.SHORT : Direction.LONG;
        BigDecimal entry = line.requiredDecimal("Entry Price");
        BigDecimal exit = line.requiredDecimal("Exit Price");
        BigDecimal size = line.requiredDecimal("Qty").abs();
        BigDecimal gross = direction.gain(entry, exit).multiply(size);
        String column = TIMES.stream()
                .map(Column::name)
                .filter(line::has)
                .findFirst()
                .orElseThrow(() -> new UnreadableLineException(TIMES.get(0).name() + " is missing"));
        Instant closed = line.utcTime(column).only();
        line.say("the file does not say when it was opened; taken as when it was closed");
        return Optional.of(new ReadTrade(
                new TradeFields(
                        contract,
                        "crypto",
                        direction.name(),
                        entry,
                        exit,
                        null,
                        null,
                        size,
                        null,
                        Ratios.rounded(gross.subtract(line.requiredDecimal("Closed P&L"))),
                        null,
                        List.of(),
                        null,
                        line.brokerOr(title()),
                        null,
                        closed,
                        closed),
                null,
                BigDecimal.ONE,
                null));
    }
}
