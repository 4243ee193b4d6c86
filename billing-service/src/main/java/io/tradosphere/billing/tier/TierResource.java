package io.tradosphere.billing.tier;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.returnurl.ReturnOrigins;
import io.tradosphere.billing.stripe.StripeProblems;
import io.tradosphere.billing.tier.TierViews.Checkout;
import io.tradosphere.billing.tier.TierViews.Choice;
import io.tradosphere.billing.tier.TierViews.NewCheckout;
import io.tradosphere.billing.tier.TierViews.Offer;
import io.tradosphere.billing.tier.TierViews.Offers;
import io.tradosphere.billing.tier.TierViews.OwnTier;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.LeasedWrites;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the platform's tiers. */
@Path("/v1/tiers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tiers", description = "The platform's own plans, by Stripe.")
class TierResource {

    private final Tiers tiers;
    private final TierPrices prices;
    private final ReturnOrigins origins;
    private final LeasedWrites writes;
    private final ProfileFreshness freshness;
    private final CurrentCaller current;

    TierResource(
            Tiers tiers,
            TierPrices prices,
            ReturnOrigins origins,
            LeasedWrites writes,
            ProfileFreshness freshness,
            CurrentCaller current) {
        this.tiers = tiers;
        this.prices = prices;
        this.origins = origins;
        this.writes = writes;
        this.freshness = freshness;
        this.current = current;
    }

    /**
     * Lists the tiers that can be bought, with their prices.
     *
     * @return the tiers, the lowest first
     */
    @GET
    @Operation(operationId = "listTiers")
    public Offers list() {
        return new Offers(prices.all().entrySet().stream()
                .map(offer -> new Offer(
                        offer.getKey(),
                        offer.getValue().toString(),
                        offer.getValue().currency().code()))
                .toList());
    }

    /**
     * Shows the caller's tier, and what they bought.
     *
     * @return the caller's tier
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/me")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getOwnTier")
    public Uni<OwnTier> own() {
        Caller caller = current.required();
        return freshness.ensure(() -> tiers.own(caller), caller.id());
    }

    /**
     * Begins a checkout of a tier. It is bought once it is paid.
     *
     * @throws Problem {@code profile-required} (403), {@code already-has-tier} (409), {@code stripe-refused} (409), {@code
     *     stripe-away} (503)
     */
    @POST
    @Path("/checkout")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createTierCheckout")
    @APIResponse(
            responseCode = "201",
            description = "The checkout was begun",
            content = @Content(schema = @Schema(implementation = Checkout.class)))
    public Uni<Response> checkout(@NotNull(message = "is required") @Valid NewCheckout request) {
        Caller caller = current.required();
        origins.require(Map.of("successUrl", request.successUrl(), "cancelUrl", request.cancelUrl()));
        return writes.write(
                caller,
                request,
                operation -> StripeProblems.explain(
                        freshness.ensure(() -> tiers.begin(caller, request, operation), caller.id())));
    }

    /**
     * Changes the caller's bought tier. A higher one begins at once, and the rest of the period is paid in proportion. A
     * lower one begins with the next period. The present one takes a lower one or an end that was to come back.
     *
     * @throws Problem {@code profile-required} (403), {@code no-paid-tier} (409), {@code conflict} (409) while a payment is
     *     open, {@code stripe-refused} (409), {@code stripe-away} (503)
     */
    @PUT
    @Path("/me")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeTier")
    @APIResponse(
            responseCode = "200",
            description = "The caller's tier as it is now",
            content = @Content(schema = @Schema(implementation = OwnTier.class)))
    public Uni<OwnTier> change(@NotNull(message = "is required") @Valid Choice choice) {
        return StripeProblems.explain(tiers.change(current.required(), choice.tier()));
    }

    /**
     * Ends the caller's bought tier at its period's end.
     *
     * @throws Problem {@code profile-required} (403), {@code no-paid-tier} (409), {@code stripe-refused} (409), {@code
     *     stripe-away} (503)
     */
    @DELETE
    @Path("/me")
    @Operation(operationId = "endTier")
    @APIResponse(
            responseCode = "200",
            description = "The caller's tier as it is now",
            content = @Content(schema = @Schema(implementation = OwnTier.class)))
    public Uni<OwnTier> end() {
        return StripeProblems.explain(tiers.end(current.required()));
    }
}
