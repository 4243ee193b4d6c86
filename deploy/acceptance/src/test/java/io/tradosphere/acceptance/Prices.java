package io.tradosphere.acceptance;

import io.tradosphere.cli.prices.Market;
import io.tradosphere.contracts.market.PriceTicked;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A market-data feed outside the suite: what it has to say goes into its topic. */
final class Prices {

    private Prices() {}

    /** Something that nobody trades yet. */
    static String freshSymbol() {
        return "T" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT) + "/USD";
    }

    /** Says what it trades at now; returns once the broker has it. */
    static void tick(String symbol, String price) {
        try (Market market = new Market(TheSuite.endpoints().get("KAFKA_BOOTSTRAP"), 0)) {
            market.play(new PriceTicked(symbol, new BigDecimal(price), Instant.now()));
            market.settle();
        }
    }
}
