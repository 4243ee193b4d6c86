package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Options;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Position;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats of executions of Binance, spot and futures, and of Coinbase. */
final class CryptoExchanges {

    private static final String CRYPTO = "crypto";
    private static final String DATE_UTC = "Date(UTC)";
    private static final String TIME_UTC = "Time(UTC)";

    /** In the time zone that the user has chosen at Binance. */
    private static final String TIME = "Time";

    /** The part of an amount that rounding may change. */
    private static final BigDecimal ROUNDING = new BigDecimal("0.001");

    static final ExecutionFormat BINANCE_SPOT = new ExecutionFormat(
            "Binance spot",
            List.of("Pair", "Side", "Price", "Executed", "Amount", "Fee"),
            Column.all("Price"),
            Column.all(DATE_UTC, TIME_UTC, TIME),
            Position.spot("Pair"),
            new Options(null, "Binance"),
            CryptoExchanges::binanceSpot);

    static final ExecutionFormat BINANCE_FUTURES = new ExecutionFormat(
            "Binance futures",
            List.of("Symbol", "Side", "Price", "Quantity", "Amount", "Fee", "Realized Profit"),
            Column.all("Price", "Quantity", "Amount", "Realized Profit"),
            Column.all(DATE_UTC, TIME_UTC, TIME),
            Position.either("Uid", "Symbol", "Position Side"),
            new Options(null, "Binance"),
            CryptoExchanges::binanceFutures);

    static final ExecutionFormat COINBASE_FILLS = new ExecutionFormat(
            "Coinbase fills",
            List.of("trade id", "product", "side", "created at", "size", "price", "fee"),
            Column.all("size", "price", "fee"),
            Column.all("created at"),
            Position.spot("portfolio", "product"),
            new Options(null, "Coinbase"),
            CryptoExchanges::coinbaseFill);

    static final ExecutionFormat COINBASE_TRANSACTIONS = new ExecutionFormat(
            "Coinbase transactions",
            List.of(
                    "Timestamp",
                    "Transaction Type",
                    "Asset",
                    "Quantity Transacted",
                    "Price Currency",
                    "Subtotal",
                    "Fees and/or Spread"),
            Column.all("Quantity Transacted", "Subtotal", "Fees and/or Spread"),
            Column.all("Timestamp"),
            Position.spot("Asset", "Price Currency"),
            new Options(null, "Coinbase"),
            CryptoExchanges::coinbaseTransaction);

    /** Contracts that are settled in coins. */
    private static final Pattern INVERSE = Pattern.compile("USD_(PERP|[0-9]{6})$");

    /** An amount and its currency, such as {@code 12.5USDT}. */
    private static final Pattern MONEY = Pattern.compile("([-+0-9.,\\s]+?)\\s?([A-Z]{2,6})");

    private CryptoExchanges() {}

    /** Whether a contract of Binance is settled in coins. */
    static boolean isInverse(String symbol) {
        return INVERSE.matcher(symbol).find();
    }

    private static Optional<Execution> binanceSpot(Line line) {
        String pair = line.required("Pair").toUpperCase(Locale.ROOT);
        Matcher amount = MONEY.matcher(line.required("Amount").toUpperCase(Locale.ROOT));
        if (!amount.matches() || !pair.endsWith(amount.group(2))) {
            throw new UnreadableLineException("Amount is not in the currency of Pair");
        }
        String quote = amount.group(2);
        String base = pair.substring(0, pair.length() - quote.length()).replaceAll("[-/_]$", "");
        BigDecimal quantity = inUnit(line, "Executed", base);
        if (quantity == null || quantity.signum() <= 0) {
            throw new UnreadableLineException("Executed is not an amount of " + base);
        }
        BigDecimal value = line.number(Column.of("Amount"), amount.group(1));
        requireAmount(value, quantity.multiply(line.requiredDecimal("Price")));
        String fee = line.text("Fee") == null ? "" : line.text("Fee").toUpperCase(Locale.ROOT);
        String coin = fee.endsWith(quote) ? quote : fee.endsWith(base) ? base : fee.isEmpty() ? null : fee;
        boolean charged = coin != null && !coin.equals(fee);
        return Optional.of(SpotExecution.of(
                line,
                new SpotExecution.Pair(base, quote),
                Sides.required("Side", line.text("Side")),
                quantity,
                value,
                new SpotExecution.Fee(charged ? inUnit(line, "Fee", coin) : BigDecimal.ZERO, coin),
                null,
                binanceTime(line)));
    }

    private static Optional<Execution> binanceFutures(Line line) {
        String symbol = line.required("Symbol").toUpperCase(Locale.ROOT);
        if (isInverse(symbol)) {
            throw new UnreadableLineException("Symbol " + symbol + InverseContracts.REFUSED);
        }
        BigDecimal quantity = positive(line, "Quantity");
        BigDecimal price = line.requiredDecimal("Price");
        requireAmount(line.requiredDecimal("Amount").abs(), quantity.multiply(price));
        BigDecimal realized = line.decimal("Realized Profit");
        String coin = line.text("Fee Coin");
        String fee = line.text("Fee") == null ? "0" : line.text("Fee").toUpperCase(Locale.ROOT);
        Matcher unit = MONEY.matcher(fee);
        BigDecimal charged = line.number(Column.of("Fee"), unit.matches() ? unit.group(1) : fee);
        String currency = unit.matches() ? unit.group(2) : coin;
        if (currency != null && !symbol.contains(currency.toUpperCase(Locale.ROOT))) {
            line.say("Fee " + line.text("Fee") + " is in " + currency + " and is not counted");
            charged = BigDecimal.ZERO;
        }
        return Optional.of(Execution.at(
                        line,
                        symbol,
                        CRYPTO,
                        Sides.required("Side", line.text("Side")),
                        quantity,
                        price,
                        charged,
                        BigDecimal.ONE,
                        line.text("Trade ID") == null ? null : line.id("Trade ID"),
                        binanceTime(line))
                .resulting(realized));
    }

    private static Optional<Execution> coinbaseFill(Line line) {
        return Optional.of(Execution.at(
                line,
                line.required("product").toUpperCase(Locale.ROOT).replace('-', '/'),
                CRYPTO,
                Sides.required("side", line.text("side")),
                positive(line, "size"),
                line.requiredDecimal("price"),
                line.sum("fee"),
                BigDecimal.ONE,
                line.id("trade id"),
                line.utcTime("created at").only()));
    }

    private static Optional<Execution> coinbaseTransaction(Line line) {
        Optional<Direction> side = Sides.of(line.text("Transaction Type"));
        if (side.isEmpty()) {
            return Optional.empty();
        }
        String asset = line.required("Asset") + "/" + line.required("Price Currency");
        return Optional.of(new Execution(
                line,
                asset.toUpperCase(Locale.ROOT),
                CRYPTO,
                side.get(),
                line.requiredDecimal("Quantity Transacted").abs(),
                line.requiredDecimal("Subtotal").abs(),
                line.sum("Fees and/or Spread"),
                BigDecimal.ONE,
                line.text("ID"),
                line.utcTime("Timestamp").only(),
                false,
                null));
    }

    /** The amount of a cell in a currency; 0 when it is blank, null when it is in another currency. */
    private static BigDecimal inUnit(Line line, String column, String unit) {
        String text = line.text(column);
        if (text == null) {
            return BigDecimal.ZERO;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.endsWith(unit)
                ? line.number(
                        Column.of(column),
                        upper.substring(0, upper.length() - unit.length()).strip())
                : null;
    }

    static BigDecimal positive(Line line, String column) {
        BigDecimal number = line.requiredDecimal(column);
        if (number.signum() <= 0) {
            throw new UnreadableLineException(column + " is not above 0");
        }
        return number;
    }

    private static Instant binanceTime(Line line) {
        if (line.has(DATE_UTC) || line.has(TIME_UTC)) {
            return line.utcTime(line.has(DATE_UTC) ? DATE_UTC : TIME_UTC).only();
        }
        return line.timeOfCentury(TIME).only();
    }

    /** Fails when the amount is not the price times the quantity, such as of a quantity without its decimal point. */
    private static void requireAmount(BigDecimal amount, BigDecimal product) {
        if (amount.subtract(product).abs().compareTo(product.multiply(ROUNDING)) > 0) {
            throw new UnreadableLineException("Amount is not Price times the quantity: " + Ratios.rounded(amount)
                    + " and " + Ratios.rounded(product));
        }
    }
}
