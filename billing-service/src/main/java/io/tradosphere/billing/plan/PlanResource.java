package io.tradosphere.billing.plan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.StripeProblems;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of creators' plans. */
@Path("/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Plans", description = "Prices of creators, and their onboarding at Stripe.")
class PlanResource {

    private final Plans plans;
    private final ProfileFreshness freshness;
    private final CurrentCaller current;

    PlanResource(Plans plans, ProfileFreshness freshness, CurrentCaller current) {
        this.plans = plans;
        this.freshness = freshness;
        this.current = current;
    }

    /**
     * Sets the caller's price a month. A new price is for new subscribers: earlier ones keep theirs. The caller's tier is
     * grow or higher.
     *
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code stripe-refused} (409), {@code
     *     stripe-away} (503)
     */
    @PUT
    @Path("/me")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "setPlan")
    @APIResponse(
            responseCode = "200",
            description = "The plan as it is now",
            content = @Content(schema = @Schema(implementation = PlanView.class)))
    public Uni<Response> set(@NotNull(message = "is required") @Valid PlanRequest request) {
        Caller caller = current.required();
        return StripeProblems.explain(freshness.ensure(() -> plans.set(caller, request), caller.id()))
                .map(PlanResource::response);
    }

    /**
     * Shows a creator's plan.
     *
     * @param creator the profile id of the creator
     * @throws Problem {@code not-found} (404)
     */
    @GET
    @Path("/{creatorId}")
    @Operation(operationId = "getPlan")
    @APIResponse(
            responseCode = "200",
            description = "The plan",
            content = @Content(schema = @Schema(implementation = PlanView.class)))
    public Uni<Response> find(@PathParam("creatorId") UUID creator) {
        return plans.find(creator).map(PlanResource::response);
    }

    private static Response response(Plan plan) {
        return Response.ok(plan.view()).header("ETag", plan.etag()).build();
    }
}
