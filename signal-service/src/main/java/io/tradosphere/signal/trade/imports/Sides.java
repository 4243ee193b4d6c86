package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sides of trades in the words of platforms, in several languages. */
final class Sides {

    private static final Map<String, Direction> WORDS = Map.ofEntries(
            Map.entry("long", Direction.LONG),
            Map.entry("buy", Direction.LONG),
            Map.entry("bot", Direction.LONG),
            Map.entry("bought", Direction.LONG),
            Map.entry("compra", Direction.LONG),
            Map.entry("kauf", Direction.LONG),
            Map.entry("kaufen", Direction.LONG),
            Map.entry("achat", Direction.LONG),
            Map.entry("acquisto", Direction.LONG),
            Map.entry("покупка", Direction.LONG),
            Map.entry("buytocover", Direction.LONG),
            Map.entry("buy to cover", Direction.LONG),
            Map.entry("advanced trade buy", Direction.LONG),
            Map.entry("sellshort", Direction.SHORT),
            Map.entry("sell short", Direction.SHORT),
            Map.entry("advanced trade sell", Direction.SHORT),
            Map.entry("short", Direction.SHORT),
            Map.entry("sell", Direction.SHORT),
            Map.entry("sld", Direction.SHORT),
            Map.entry("sold", Direction.SHORT),
            Map.entry("venta", Direction.SHORT),
            Map.entry("venda", Direction.SHORT),
            Map.entry("verkauf", Direction.SHORT),
            Map.entry("verkaufen", Direction.SHORT),
            Map.entry("vente", Direction.SHORT),
            Map.entry("vendita", Direction.SHORT),
            Map.entry("продажа", Direction.SHORT));

    private Sides() {}

    /** The side that a word names; empty for null and other words. */
    static Optional<Direction> of(String word) {
        return word == null ? Optional.empty() : Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
    }

    /**
     * The side that a word names.
     *
     * @throws UnreadableLineException when it names none
     */
    static Direction required(String column, String word) {
        return of(word).orElseThrow(
                        () -> new UnreadableLineException(column + " is neither a buy nor a sale: " + word));
    }
}
