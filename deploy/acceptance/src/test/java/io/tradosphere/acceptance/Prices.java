package io.tradosphere.acceptance;

import io.tradosphere.cli.prices.MarketFeed;
import io.tradosphere.contracts.market.PriceTicked;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A market-data feed outside the suite. It publishes ticks to their topic. */
final class Prices {

    private Prices() {}

    /** A new symbol without any tick. */
    static String freshSymbol() {
        return "T" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT) + "/USD";
    }

    /** Publishes a tick. Returns once the broker has acknowledged it. */
    static void tick(String symbol, String price) {
        try (MarketFeed market = new MarketFeed(SharedSuite.endpoints().get("KAFKA_BOOTSTRAP"), 0)) {
            market.send(new PriceTicked(symbol, new BigDecimal(price), Instant.now()));
            market.flush();
        }
    }
}
