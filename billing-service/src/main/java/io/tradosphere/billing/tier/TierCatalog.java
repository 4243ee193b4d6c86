package io.tradosphere.billing.tier;

import com.stripe.model.Price;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring;
import com.stripe.param.PriceListParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.contracts.Tier;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/**
 * The tiers as prices at Stripe, which are found by their lookup keys and made when somebody first asks for them. So nothing
 * of them is stored here.
 */
@ApplicationScoped
class TierCatalog {

    /** The key in the metadata of Stripe's price that names the tier. */
    static final String METADATA = "tradosphere_tier";

    private final Stripe stripe;
    private final TierPrices prices;

    TierCatalog(Stripe stripe, TierPrices prices) {
        this.stripe = stripe;
        this.prices = prices;
    }

    /**
     * Stripe's id of the price of a tier.
     *
     * @throws Problem {@code invalid-request} (400) when the tier cannot be bought
     */
    Uni<String> priceOf(Tier tier) {
        Money price = prices.of(tier)
                .orElseThrow(() -> ProblemKind.INVALID_REQUEST.because(
                        "The request has invalid fields.",
                        List.of(new Violation(
                                "tier",
                                "is one that can be bought: "
                                        + String.join(
                                                ", ",
                                                prices.all().keySet().stream()
                                                        .map(EnumText::of)
                                                        .toList())))));
        String key = String.join(
                "_",
                "tradosphere",
                EnumText.of(tier),
                price.currency().stripeCode(),
                String.valueOf(price.minorUnits()));
        PriceListParams ofKey = PriceListParams.builder().addLookupKey(key).build();
        return stripe.call("prices", api -> api.prices().list(ofKey).getData())
                .chain(found -> found.isEmpty()
                        ? create(tier, price, key)
                        : Uni.createFrom().item(found.get(0).getId()));
    }

    private Uni<String> create(Tier tier, Money price, String key) {
        String name = EnumText.of(tier);
        PriceCreateParams monthly = PriceCreateParams.builder()
                .setProductData(PriceCreateParams.ProductData.builder()
                        .setName("TradoSphere " + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                        .build())
                .setCurrency(price.currency().stripeCode())
                .setUnitAmount(price.minorUnits())
                .setRecurring(Recurring.builder()
                        .setInterval(Recurring.Interval.MONTH)
                        .build())
                .setLookupKey(key)
                .putMetadata(METADATA, name)
                .build();
        return stripe.call("prices", api -> api.prices().create(monthly, Stripe.once("tier-price", key)))
                .map(Price::getId);
    }
}
