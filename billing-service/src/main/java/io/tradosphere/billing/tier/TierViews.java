package io.tradosphere.billing.tier;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.http.WebAddress;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request and response bodies of tiers. */
final class TierViews {

    private TierViews() {}

    /**
     * The tiers that can be bought.
     *
     * @param items the tiers, the lowest first
     */
    @Schema(name = "TierOffers")
    record Offers(List<Offer> items) {}

    /**
     * A tier that can be bought.
     *
     * @param tier the tier
     * @param priceMonthly price a month for new buyers, with the currency's decimals
     * @param currency ISO 4217 code
     */
    @Schema(name = "TierOffer")
    record Offer(Tier tier, String priceMonthly, String currency) {}

    /**
     * The caller's tier.
     *
     * @param tier the tier that counts: the higher of what was granted and what is bought. It follows a change within seconds
     * @param purchase what is bought; null when nothing ever was
     */
    @Schema(name = "OwnTier")
    record OwnTier(Tier tier, @Nullable Purchase purchase) {}

    /**
     * A bought tier.
     *
     * @param tier the tier of the present period
     * @param nextTier the lower tier that begins with the next period; null when the tier stays
     * @param status active, cancelled, past_due or unpaid
     * @param priceMonthly price a month at the next renewal, with the currency's decimals
     * @param currency ISO 4217 code
     * @param currentPeriodEnd until when it is paid; null when there is no period
     * @param cancelAtPeriodEnd whether it ends by itself at the period's end
     * @param heldUntil until when the tier counts, as far as is known
     */
    @Schema(name = "TierPurchase")
    record Purchase(
            Tier tier,
            @Nullable Tier nextTier,
            String status,
            String priceMonthly,
            String currency,
            @Nullable Instant currentPeriodEnd,
            boolean cancelAtPeriodEnd,
            Instant heldUntil) {}

    /**
     * The request body that begins a checkout of a tier.
     *
     * @param tier grow, elite or gladiator
     * @param successUrl where Stripe sends the caller after they paid
     * @param cancelUrl where Stripe sends the caller when they give up
     */
    @Schema(name = "NewTierCheckout")
    record NewCheckout(
            @NotNull(message = "is required") Tier tier,
            @NotNull(message = "is required") @WebAddress String successUrl,
            @NotNull(message = "is required") @WebAddress String cancelUrl) {}

    /**
     * A checkout of a tier.
     *
     * @param checkoutUrl Stripe's page to pay on
     */
    @Schema(name = "TierCheckout")
    record Checkout(String checkoutUrl) {}

    /**
     * The request body that changes the caller's bought tier.
     *
     * @param tier grow, elite or gladiator
     */
    @Schema(name = "TierChoice")
    record Choice(@NotNull(message = "is required") Tier tier) {}
}
