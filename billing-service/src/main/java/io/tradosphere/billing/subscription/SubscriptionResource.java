package io.tradosphere.billing.subscription;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.returnurl.ReturnOrigins;
import io.tradosphere.billing.stripe.StripeProblems;
import io.tradosphere.billing.subscription.SubscriptionRequests.Checkout;
import io.tradosphere.billing.subscription.SubscriptionRequests.NewSubscription;
import io.tradosphere.billing.subscription.SubscriptionRequests.PortalLink;
import io.tradosphere.billing.subscription.SubscriptionRequests.PortalRequest;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.LeasedWrites;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of subscriptions to creators. */
@Path("/v1/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions", description = "Paid subscriptions of a caller to a creator, by Stripe.")
class SubscriptionResource {

    private final Checkouts checkouts;
    private final Subscriptions subscriptions;
    private final SubscriptionDirectory directory;
    private final ReturnOrigins origins;
    private final LeasedWrites writes;
    private final ProfileFreshness freshness;
    private final CurrentCaller current;

    SubscriptionResource(
            Checkouts checkouts,
            Subscriptions subscriptions,
            SubscriptionDirectory directory,
            ReturnOrigins origins,
            LeasedWrites writes,
            ProfileFreshness freshness,
            CurrentCaller current) {
        this.checkouts = checkouts;
        this.subscriptions = subscriptions;
        this.directory = directory;
        this.origins = origins;
        this.writes = writes;
        this.freshness = freshness;
        this.current = current;
    }

    /**
     * Begins a checkout of a subscription to a creator. The subscription exists once it is paid.
     *
     * @throws Problem {@code self-subscription} (400), {@code profile-required} (403), {@code blocked} (403), {@code
     *     unknown-profile} (404), {@code no-plan} (409), {@code already-subscribed} (409), {@code payouts-not-enabled} (409), {@code stripe-refused} (409),
     *     {@code stripe-away} (503)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSubscription")
    @APIResponse(
            responseCode = "201",
            description = "The checkout was begun",
            content = @Content(schema = @Schema(implementation = Checkout.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewSubscription request) {
        Caller caller = current.required();
        origins.require(Map.of("successUrl", request.successUrl(), "cancelUrl", request.cancelUrl()));
        return writes.write(
                caller,
                request,
                operation -> StripeProblems.explain(freshness.ensure(
                        () -> checkouts.begin(caller, request, operation), caller.id(), request.creatorId())));
    }

    /**
     * Lists the caller's subscriptions, newest first.
     *
     * @param role whether the caller is the {@code subscriber} or the {@code creator} of them; {@code subscriber} when absent
     * @param status {@code active}, {@code cancelled}, {@code past_due} or {@code unpaid}; every status when absent
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listSubscriptions")
    public Uni<Page<SubscriptionView>> list(
            @QueryParam("role") String role,
            @QueryParam("status") String status,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return directory.list(current.required(), SubscriptionFilter.of(role, status), PageRequest.of(limit, cursor));
    }

    /**
     * Shows a subscription to its subscriber and its creator.
     *
     * @param id the id of the subscription
     * @return the subscription
     * @throws Problem {@code not-found} (404)
     */
    @GET
    @Path("/{subscriptionId}")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getSubscription")
    public Uni<SubscriptionView> find(@PathParam("subscriptionId") UUID id) {
        return directory.find(current.required(), id);
    }

    /**
     * Cancels the caller's subscription at its period's end, at Stripe first.
     *
     * @param id the id of the subscription
     * @throws Problem {@code forbidden} (403), {@code not-found} (404), {@code subscription-ended} (409), {@code
     *     stripe-refused} (409), {@code stripe-away} (503)
     */
    @DELETE
    @Path("/{subscriptionId}")
    @Operation(operationId = "cancelSubscription")
    @APIResponse(
            responseCode = "200",
            description = "The subscription as it is now",
            content = @Content(schema = @Schema(implementation = SubscriptionView.class)))
    public Uni<SubscriptionView> cancel(@PathParam("subscriptionId") UUID id) {
        return StripeProblems.explain(subscriptions.cancel(current.required(), id));
    }

    /**
     * Takes the cancellation of the caller's subscription back, before its period's end.
     *
     * @param id the id of the subscription
     * @throws Problem {@code forbidden} (403), {@code not-found} (404), {@code subscription-ended} (409), {@code
     *     stripe-refused} (409), {@code stripe-away} (503)
     */
    @POST
    @Path("/{subscriptionId}/resume")
    @Operation(operationId = "resumeSubscription")
    @APIResponse(
            responseCode = "200",
            description = "The subscription as it is now",
            content = @Content(schema = @Schema(implementation = SubscriptionView.class)))
    public Uni<SubscriptionView> resume(@PathParam("subscriptionId") UUID id) {
        return StripeProblems.explain(subscriptions.resume(current.required(), id));
    }

    /**
     * Makes a link to Stripe's portal for cards and invoices. Every call makes a new one.
     *
     * @throws Problem {@code profile-required} (403), {@code never-paid} (409), {@code stripe-refused} (409), {@code
     *     stripe-away} (503)
     */
    @POST
    @Path("/portal")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createPortalLink")
    @APIResponse(
            responseCode = "201",
            description = "The link was made",
            content = @Content(schema = @Schema(implementation = PortalLink.class)))
    public Uni<Response> portal(@NotNull(message = "is required") @Valid PortalRequest request) {
        Caller caller = current.required();
        origins.require(Map.of("returnUrl", request.returnUrl()));
        return StripeProblems.explain(subscriptions.portal(caller, request.returnUrl()))
                .map(link -> Response.status(Response.Status.CREATED)
                        .entity(link)
                        .header("Cache-Control", "no-store")
                        .build());
    }

    /**
     * Says whether the caller may see now what a creator makes for subscribers.
     *
     * @param creator the profile id of the creator
     * @return whether, and until when
     * @throws Problem {@code profile-required} (403), {@code unknown-profile} (404)
     */
    @GET
    @Path("/access/{creatorId}")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getSubscriptionAccess")
    public Uni<AccessView> access(@PathParam("creatorId") UUID creator) {
        return directory.access(current.required(), creator);
    }
}
