package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.imports.ExecutionFormat.Options;
import io.tradosphere.signal.trade.imports.ExecutionFormat.Position;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The format of Kraken's trades. Those on margin, which {@code misc} tells, are matched apart from spot. */
final class KrakenTrades {

    static final ExecutionFormat FORMAT = new ExecutionFormat(
            "Kraken",
            List.of("txid", "pair", "time", "type", "price", "cost", "fee", "vol"),
            Column.all("price", "cost", "fee", "vol", "margin"),
            Column.all("time"),
            new Position(List.of("pair"), line -> !isMargin(line)),
            new Options(null, "Kraken"),
            KrakenTrades::read);

    private static final String OPENS = "initiated";
    private static final String CLOSES = "closing";

    private KrakenTrades() {}

    private static Optional<Execution> read(Line line) {
        BigDecimal margin = line.decimal("margin");
        boolean onMargin = isMargin(line);
        if (!onMargin && margin != null && margin.signum() != 0) {
            throw new UnreadableLineException(
                    "margin is " + margin.toPlainString() + ", and misc does not say whether"
                            + " it opened or closed a position; send a file with misc, or margin trades in TradoSphere's columns");
        }
        if (onMargin) {
            line.say("what Kraken charges for holding on margin is in its ledgers, and is not counted");
        }
        return Optional.of(new Execution(
                line,
                line.required("pair").toUpperCase(Locale.ROOT),
                "crypto",
                Sides.required("type", line.text("type")),
                CryptoExchanges.positive(line, "vol"),
                line.requiredDecimal("cost"),
                line.sum("fee"),
                BigDecimal.ONE,
                line.id("txid"),
                line.utcTime("time").only(),
                misc(line).contains(CLOSES),
                null));
    }

    private static boolean isMargin(Line line) {
        return misc(line).contains(OPENS) || misc(line).contains(CLOSES);
    }

    private static String misc(Line line) {
        String misc = line.text("misc");
        return misc == null ? "" : misc.toLowerCase(Locale.ROOT);
    }
}
