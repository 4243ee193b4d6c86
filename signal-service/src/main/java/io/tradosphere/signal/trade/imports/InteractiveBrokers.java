package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Options;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Position;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats of Interactive Brokers: trades of a Flex query, and of an activity statement. */
final class InteractiveBrokers {

    private static final String BROKER = "Interactive Brokers";
    private static final String COMMISSION = "IBCommission";
    private static final String FLEX_RESULT = "FifoPnlRealized";
    private static final String RESULT = "Realized P/L";
    private static final BigDecimal OPTION = BigDecimal.valueOf(100);

    static final ExecutionFormat FLEX = new ExecutionFormat(
            "Interactive Brokers Flex query",
            List.of("Symbol", "Quantity", "TradePrice", COMMISSION),
            Column.all("Quantity", "TradePrice", COMMISSION, "Taxes", "Multiplier", FLEX_RESULT),
            Column.all("DateTime", "Date/Time"),
            Position.either("ClientAccountID", "CurrencyPrimary", "Symbol"),
            new Options(null, BROKER, true),
            InteractiveBrokers::flex);

    static final ExecutionFormat STATEMENT = new ExecutionFormat(
            "Interactive Brokers activity statement",
            List.of("DataDiscriminator", "Asset Category", "Symbol", "Date/Time", "Quantity", "T. Price", "Comm/Fee"),
            Column.all("Quantity", "T. Price", "Comm/Fee", RESULT),
            Column.all("Date/Time"),
            Position.either("Account", "Currency", "Symbol"),
            new Options(null, BROKER, true),
            InteractiveBrokers::statement);

    /** The parts of orders and the lots that are closed would count twice. */
    private static final Set<String> COUNTED = Set.of("execution", "order");

    private InteractiveBrokers() {}

    private static Optional<Execution> flex(Line line) {
        String level = line.text("LevelOfDetail");
        if (level != null && !level.equalsIgnoreCase("EXECUTION")
                || line.text("Symbol") == null
                || "Symbol".equals(line.text("Symbol"))) {
            return Optional.empty();
        }
        String kind = line.text("AssetClass");
        String asset = asset(line);
        BigDecimal multiplier = line.decimal("Multiplier");
        String time = line.has("DateTime") ? "DateTime" : "Date/Time";
        return Optional.of(Execution.at(
                        line,
                        asset,
                        assetType(kind == null ? "STK" : kind),
                        side(line),
                        line.requiredDecimal("Quantity").abs(),
                        line.requiredDecimal("TradePrice"),
                        line.sum(COMMISSION, "Taxes").negate(),
                        multiplier == null ? worth(kind == null ? "STK" : kind, asset) : multiplier,
                        line.text("TradeID") == null ? null : line.id("TradeID"),
                        line.time(time).only())
                .closing("C".equals(line.text("Open/CloseIndicator")))
                .resulting(result(line, FLEX_RESULT, kind == null ? "STK" : kind)));
    }

    private static Optional<Execution> statement(Line line) {
        String level = line.text("DataDiscriminator");
        boolean trade = "Trades".equals(line.text("Trades")) || !line.has("Trades");
        if (!trade
                || !"Data".equals(line.text("Header"))
                || level == null
                || !COUNTED.contains(level.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        String kind = line.required("Asset Category");
        String asset = asset(line);
        String code = line.text("Code") == null ? "" : line.text("Code");
        List<String> codes = List.of(code.split(";"));
        return Optional.of(Execution.at(
                        line,
                        asset,
                        assetType(kind),
                        side(line),
                        line.requiredDecimal("Quantity").abs(),
                        line.requiredDecimal("T. Price"),
                        fee(line, kind),
                        worth(kind, asset),
                        null,
                        line.time("Date/Time").only())
                .closing(codes.contains("C") && !codes.contains("O"))
                .resulting(result(line, RESULT, kind)));
    }

    /** The table of currencies has commissions in the currency of the account. */
    private static BigDecimal fee(Line line, String kind) {
        BigDecimal charged = line.sum("Comm/Fee").negate();
        if (!assetType(kind).equals("forex") || charged.signum() == 0) {
            return charged;
        }
        line.say("its commission is in the currency of the account and is not counted");
        return BigDecimal.ZERO;
    }

    /** The result in the currency of the price; null where it is in another, as of currencies. */
    private static BigDecimal result(Line line, String column, String kind) {
        return assetType(kind).equals("forex") ? null : line.decimal(column);
    }

    /** The side by the sign and the word, which must not contradict each other. */
    private static Direction side(Line line) {
        BigDecimal quantity = line.requiredDecimal("Quantity");
        String word = line.text("Buy/Sell");
        if (quantity.signum() == 0) {
            throw new UnreadableLineException("Quantity is 0");
        }
        Direction signed = quantity.signum() > 0 ? Direction.LONG : Direction.SHORT;
        if (word == null) {
            return signed;
        }
        Direction named = Sides.required("Buy/Sell", word);
        if (quantity.signum() < 0 && named == Direction.LONG) {
            throw new UnreadableLineException("Buy/Sell does not fit the sign of Quantity");
        }
        return named;
    }

    /** Options have spaces in their symbols. */
    private static String asset(Line line) {
        return line.required("Symbol").replaceAll("\\s+", "-").toUpperCase(Locale.ROOT);
    }

    private static String assetType(String kind) {
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "FUT", "FOP", "FUTURES", "CFD" -> "futures";
            case "CASH", "FOREX" -> "forex";
            case "CRYPTO", "CRYPTOCURRENCIES" -> "crypto";
            default -> "stocks";
        };
    }

    private static BigDecimal worth(String kind, String asset) {
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "FUT", "FOP", "FUTURES" -> FuturesContracts.worth(asset);
            case "OPT", "EQUITY AND INDEX OPTIONS" -> OPTION;
            default -> BigDecimal.ONE;
        };
    }
}
