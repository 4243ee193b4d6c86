package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The trades of TopstepX and of others on the ProjectX platform: futures, one line a round trip, times with their offset. */
final class TopstepXFormat implements Format {

    private static final List<String> HEADER = List.of(
            "Id", "ContractName", "EnteredAt", "ExitedAt", "EntryPrice", "ExitPrice", "Fees", "PnL", "Size", "Type");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd/uuuu HH:mm:ss[ XXX]", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    @Override
    public String title() {
        return "TopstepX";
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
        String type = line.required("Type");
        boolean isLong = type.equalsIgnoreCase("Long") || type.equalsIgnoreCase("Buy");
        if (!isLong && !type.equalsIgnoreCase("Short") && !type.equalsIgnoreCase("Sell")) {
            throw new Unreadable("Type is neither Long nor Short");
        }
        BigDecimal entry = line.requiredDecimal("EntryPrice", 0);
        BigDecimal exit = line.requiredDecimal("ExitPrice", 0);
        line.required("EnteredAt");
        line.required("ExitedAt");
        return Optional.of(new TradeFields(
                line.required("ContractName"),
                "futures",
                isLong ? "LONG" : "SHORT",
                entry,
                exit,
                null,
                null,
                PointValue.size(
                        line.dollars("PnL"),
                        isLong ? exit.subtract(entry) : entry.subtract(exit),
                        line.requiredDecimal("Size", 0)),
                null,
                line.dollars("Fees").add(line.dollars("Commissions")),
                null,
                List.of(),
                null,
                line.brokerOr(title()),
                line.required("Id"),
                line.time("EnteredAt", 0, TIME, OwnFormat.TIME),
                line.time("ExitedAt", 0, TIME, OwnFormat.TIME)));
    }
}
