package io.tradosphere.billing.subscription;

import io.tradosphere.platform.http.WebAddress;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request and response bodies of commands on subscriptions. */
final class SubscriptionRequests {

    private SubscriptionRequests() {}

    /**
     * The request body that begins a checkout.
     *
     * @param creatorId who is subscribed to
     * @param successUrl where Stripe sends the caller after they paid
     * @param cancelUrl where Stripe sends the caller when they give up
     */
    record NewSubscription(
            @NotNull(message = "is required") UUID creatorId,
            @NotNull(message = "is required") @WebAddress String successUrl,
            @NotNull(message = "is required") @WebAddress String cancelUrl) {}

    /**
     * A checkout.
     *
     * @param id the subscription's id; the subscription exists once it is paid
     * @param checkoutUrl Stripe's page to pay on
     */
    @Schema(name = "SubscriptionCheckout")
    record Checkout(UUID id, String checkoutUrl) {}

    /**
     * The request body for a link to Stripe's customer portal.
     *
     * @param returnUrl where Stripe sends the caller when they leave it
     */
    record PortalRequest(
            @NotNull(message = "is required") @WebAddress String returnUrl) {}

    /**
     * A link to Stripe's customer portal, for the caller alone.
     *
     * @param url Stripe's page
     */
    record PortalLink(String url) {}
}
