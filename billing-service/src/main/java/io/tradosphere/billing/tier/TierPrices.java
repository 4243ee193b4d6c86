package io.tradosphere.billing.tier;

import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.money.StripeCurrency;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.db.EnumText;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The prices of the platform's tiers a month, by configuration. A new price is for new buyers. */
@ApplicationScoped
class TierPrices {

    private final Map<Tier, Money> prices;

    /**
     * @param prices such as {@code grow=9.99}
     * @param currency ISO 4217 code
     */
    TierPrices(
            @ConfigProperty(name = "tradosphere.tiers.prices") List<String> prices,
            @ConfigProperty(name = "tradosphere.tiers.currency") String currency) {
        StripeCurrency known = StripeCurrency.of(currency)
                .orElseThrow(() -> new IllegalStateException(
                        "TRADOSPHERE_TIER_CURRENCY is a currency that Stripe charges in, such as USD"));
        Map<Tier, Money> all = new EnumMap<>(Tier.class);
        for (String price : prices) {
            String[] parts = price.strip().split("=");
            all.put(EnumText.parse(Tier.class, parts[0]), Money.price(new BigDecimal(parts[1]), known));
        }
        this.prices = Collections.unmodifiableMap(all);
    }

    /** The tiers that can be bought, the lowest first, with their prices. */
    Map<Tier, Money> all() {
        return prices;
    }

    /** The price of a tier; empty when it cannot be bought. */
    Optional<Money> of(Tier tier) {
        return Optional.ofNullable(prices.get(tier));
    }
}
