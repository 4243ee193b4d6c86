package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Options;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Position;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of executions of futures platforms: Tradovate's orders and fills, NinjaTrader's executions. */
final class FuturesPlatforms {

    static final ExecutionFormat TRADOVATE_ORDERS = new ExecutionFormat(
            "Tradovate orders",
            List.of("orderId", "B/S", "Contract", "avgPrice", "filledQty", "Fill Time", "Status"),
            Column.all("avgPrice", "filledQty"),
            Column.all("Fill Time"),
            Position.either("Account", "Contract"),
            new Options(DateOrder.MONTH_FIRST, "Tradovate"),
            FuturesPlatforms::order);

    static final ExecutionFormat TRADOVATE_FILLS = new ExecutionFormat(
            "Tradovate fills",
            List.of("Fill ID", "Timestamp", "B/S", "Quantity", "Price", "Contract"),
            Column.all("Quantity", "Price", "commission"),
            Column.all("Timestamp"),
            Position.either("Account", "Contract"),
            new Options(DateOrder.MONTH_FIRST, "Tradovate"),
            FuturesPlatforms::fill);

    static final ExecutionFormat NINJATRADER = new ExecutionFormat(
            "NinjaTrader executions",
            List.of("Instrument", "Action", "Quantity", "Price", "Time", "ID", "E/X"),
            Column.all("Quantity", "Price", "Commission"),
            Column.all("Time"),
            Position.either("Account", "Instrument"),
            new Options(null, "NinjaTrader"),
            FuturesPlatforms::ninjaTrader);

    private FuturesPlatforms() {}

    private static Optional<Execution> order(Line line) {
        if (!"Filled".equalsIgnoreCase(line.text("Status"))) {
            return Optional.empty();
        }
        return Optional.of(execution(
                line,
                "Contract",
                Sides.required("B/S", line.text("B/S")),
                line.requiredDecimal("filledQty"),
                line.requiredDecimal("avgPrice"),
                BigDecimal.ZERO,
                "orderId",
                line.time("Fill Time")));
    }

    private static Optional<Execution> fill(Line line) {
        return Optional.of(execution(
                line,
                "Contract",
                Sides.required("B/S", line.text("B/S")),
                line.requiredDecimal("Quantity"),
                line.requiredDecimal("Price"),
                line.sum("commission"),
                "Fill ID",
                line.time("Timestamp")));
    }

    private static Optional<Execution> ninjaTrader(Line line) {
        return Optional.of(execution(
                        line,
                        "Instrument",
                        Sides.required("Action", line.text("Action")),
                        line.requiredDecimal("Quantity"),
                        line.requiredDecimal("Price"),
                        line.sum("Commission"),
                        "ID",
                        line.time("Time"))
                .closing("Exit".equalsIgnoreCase(line.text("E/X"))));
    }

    private static Execution execution(
            Line line,
            String contract,
            Direction side,
            BigDecimal quantity,
            BigDecimal price,
            BigDecimal fee,
            String id,
            Moment time) {
        String asset = line.required(contract).toUpperCase(Locale.ROOT);
        if (quantity.signum() <= 0) {
            throw new UnreadableLineException("the quantity is not above 0");
        }
        return Execution.at(
                line,
                asset.replaceAll("\\s+", "-"),
                "futures",
                side,
                quantity,
                price,
                fee,
                FuturesContracts.worth(asset),
                line.id(id),
                time.only());
    }
}
