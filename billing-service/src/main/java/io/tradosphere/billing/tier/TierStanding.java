package io.tradosphere.billing.tier;

import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import io.tradosphere.billing.sync.CannotApply;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.db.EnumText;
import java.util.Map;
import java.util.Optional;

/**
 * The tier that a subscription of Stripe's gives, from what Stripe says of it now and from nothing else. A lower tier has its
 * price at Stripe at once, and begins with the next period: until then the metadata of the subscription names the higher one.
 *
 * @param tier the tier of the present period
 * @param price Stripe's id of that tier's price
 * @param next the tier that the next period begins with; empty when the tier stays
 */
record TierStanding(Tier tier, String price, Optional<Tier> next) {

    /** The key in the metadata that names the higher tier, its price, and the end of the period it is paid for. */
    static final String HELD = "tradosphere_tier_held";

    private static final String SEPARATOR = ":";

    /**
     * Reads Stripe's object.
     *
     * @throws CannotApply when its price is of no tier
     */
    static TierStanding of(Subscription subscription) {
        SubscriptionItem item = subscription.getItems().getData().get(0);
        Tier priced = tier(item.getPrice());
        String[] held = Optional.ofNullable(subscription.getMetadata())
                .map(metadata -> metadata.get(HELD))
                .orElse("")
                .split(SEPARATOR);
        return held.length == 3 && held[2].equals(String.valueOf(item.getCurrentPeriodEnd()))
                ? new TierStanding(EnumText.parse(Tier.class, held[0]), held[1], Optional.of(priced))
                : new TierStanding(priced, item.getPrice().getId(), Optional.empty());
    }

    /** The metadata's value that keeps this tier until the end of the present period. */
    String heldUntil(long periodEnd) {
        return String.join(SEPARATOR, EnumText.of(tier), price, String.valueOf(periodEnd));
    }

    private static Tier tier(Price price) {
        Map<String, String> metadata = price.getMetadata();
        String name = metadata == null ? null : metadata.get(TierCatalog.METADATA);
        if (name == null) {
            throw new CannotApply("the price " + price.getId() + " is of no tier");
        }
        return EnumText.parse(Tier.class, name);
    }
}
