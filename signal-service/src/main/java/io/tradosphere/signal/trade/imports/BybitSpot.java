package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Options;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Position;
import io.tradosphere.signal.trade.imports.SpotExecution.Fee;
import io.tradosphere.signal.trade.imports.SpotExecution.Pair;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of Bybit's spot trades. Older files do not say in which currency a fee is: Bybit charges what arrives, the
 * coin of a purchase and the money of a sale.
 */
final class BybitSpot {

    private static final List<String> TIMES = List.of("Timestamp (UTC)", "Timestamp (UTC+0)");

    static final ExecutionFormat FORMAT = new ExecutionFormat(
            "Bybit spot",
            List.of("Spot Pairs", "Direction", "Filled Value", "Filled Price", "Filled Quantity", "Fees"),
            Column.all("Filled Value", "Filled Price", "Filled Quantity", "Fees", "ExecFeeV2"),
            Column.all(TIMES.toArray(String[]::new)),
            Position.spot("Uid", "Spot Pairs"),
            new Options(null, "Bybit"),
            BybitSpot::read);

    private static final Pattern PAIR =
            Pattern.compile("([A-Z0-9]+?)[/_-]?(USDT|USDC|USDE|USD1|DAI|EUR|GBP|BRL|TRY|PLN|BTC|ETH|MNT|SOL)");

    /** Stands for nothing. */
    private static final String NONE = "--";

    private BybitSpot() {}

    private static Optional<Execution> read(Line line) {
        String name = line.required("Spot Pairs").toUpperCase(Locale.ROOT);
        Matcher parts = PAIR.matcher(name);
        if (!parts.matches()) {
            throw new UnreadableLineException("Spot Pairs " + name + " does not end with a currency that is known");
        }
        Pair pair = new Pair(parts.group(1), parts.group(2));
        Direction side = Sides.required("Direction", line.text("Direction"));
        String time = TIMES.stream()
                .filter(line::has)
                .findFirst()
                .orElseThrow(() -> new UnreadableLineException(TIMES.get(0) + " is missing"));
        return Optional.of(SpotExecution.of(
                line,
                pair,
                side,
                CryptoExchanges.positive(line, "Filled Quantity"),
                CryptoExchanges.positive(line, "Filled Value"),
                fee(line, pair, side),
                line.text("Transaction ID") == null ? null : line.id("Transaction ID"),
                line.utcTime(time).only()));
    }

    private static Fee fee(Line line, Pair pair, Direction side) {
        if (isStated(line, "ExecFeeV2")) {
            String coin = isStated(line, "feeCoin") ? line.text("feeCoin").toUpperCase(Locale.ROOT) : null;
            return new Fee(line.requiredDecimal("ExecFeeV2"), coin);
        }
        if (!isStated(line, "Fees")) {
            return new Fee(BigDecimal.ZERO, null);
        }
        return new Fee(line.requiredDecimal("Fees"), side == Direction.LONG ? pair.base() : pair.quote());
    }

    private static boolean isStated(Line line, String column) {
        String text = line.text(column);
        return text != null && !text.equals(NONE);
    }
}
