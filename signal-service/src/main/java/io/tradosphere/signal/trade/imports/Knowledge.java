package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the lines without unclear numbers say about each asset: its prices, and what a lot is worth. A wrong decimal mark
 * makes a number a thousand times what it is, so wide bounds tell two readings apart.
 */
final class Knowledge {

    /** What an assumption about the decimal mark makes of a line. */
    enum Verdict {
        FITS,
        UNKNOWN,
        CONTRADICTED
    }

    private static final BigDecimal NEAR = BigDecimal.valueOf(8);
    private static final BigDecimal ALMOST = new BigDecimal("1.5");

    /** The prices that pairs of currencies have. */
    private static final List<BigDecimal> PAIRS = List.of(new BigDecimal("0.001"), BigDecimal.valueOf(500));

    private final Map<String, List<BigDecimal>> prices = new HashMap<>();
    private final Map<String, BigDecimal> worths = new HashMap<>();
    private final BigDecimal usualWorth;

    /** @param usualWorth what a unit is worth of assets that no line tells; null when that is not known */
    Knowledge(BigDecimal usualWorth) {
        this.usualWorth = usualWorth;
    }

    /** Learns from a trade whose numbers have one reading. */
    void add(ReadTrade trade) {
        TradeFields fields = trade.fields();
        String asset = fields.asset().toUpperCase(Locale.ROOT);
        List<BigDecimal> seen = positive(fields);
        if (!seen.isEmpty()) {
            prices.merge(
                    asset,
                    range(seen),
                    (before, more) ->
                            range(Stream.concat(before.stream(), more.stream()).toList()));
        }
        if (trade.worth() != null) {
            worths.putIfAbsent(asset, trade.worth());
        }
    }

    /** Judges a reading of a line with unclear numbers. */
    Verdict judge(ReadTrade trade) {
        String asset = trade.fields().asset().toUpperCase(Locale.ROOT);
        List<BigDecimal> own = positive(trade.fields());
        List<BigDecimal> known =
                AssetTypes.isCurrencyPair(asset) ? prices.getOrDefault(asset, PAIRS) : prices.get(asset);
        boolean pricesKnown = known != null && !own.isEmpty();
        if (pricesKnown && !own.stream().allMatch(price -> isNear(price, known, NEAR))) {
            return Verdict.CONTRADICTED;
        }
        BigDecimal worth = worths.getOrDefault(asset, usualWorth);
        boolean worthKnown = worth != null && trade.worth() != null;
        if (worthKnown && !isNear(trade.worth(), List.of(worth, worth), ALMOST)) {
            return Verdict.CONTRADICTED;
        }
        return pricesKnown || worthKnown ? Verdict.FITS : Verdict.UNKNOWN;
    }

    private static boolean isNear(BigDecimal number, List<BigDecimal> range, BigDecimal factor) {
        return number.multiply(factor).compareTo(range.get(0)) >= 0
                && number.compareTo(range.get(1).multiply(factor)) <= 0;
    }

    private static List<BigDecimal> positive(TradeFields fields) {
        return Stream.of(fields.entryPrice(), fields.exitPrice(), fields.stopLoss(), fields.takeProfit())
                .filter(Objects::nonNull)
                .filter(price -> price.signum() > 0)
                .toList();
    }

    private static List<BigDecimal> range(List<BigDecimal> numbers) {
        return List.of(
                numbers.stream().min(BigDecimal::compareTo).orElseThrow(),
                numbers.stream().max(BigDecimal::compareTo).orElseThrow());
    }
}
