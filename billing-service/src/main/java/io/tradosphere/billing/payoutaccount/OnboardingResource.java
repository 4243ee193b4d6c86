package io.tradosphere.billing.payoutaccount;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.returnurl.ReturnOrigins;
import io.tradosphere.billing.stripe.StripeProblems;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of creators' onboarding at Stripe. */
@Path("/v1/plans/me/onboarding")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Plans", description = "Prices of creators, and their onboarding at Stripe.")
class OnboardingResource {

    private final PayoutAccounts accounts;
    private final ReturnOrigins origins;
    private final ProfileFreshness freshness;
    private final CurrentCaller current;

    OnboardingResource(
            PayoutAccounts accounts, ReturnOrigins origins, ProfileFreshness freshness, CurrentCaller current) {
        this.accounts = accounts;
        this.origins = origins;
        this.freshness = freshness;
        this.current = current;
    }

    /**
     * Makes a link to Stripe's pages on which the caller enables payouts. Every call makes a new one, for one use. The
     * caller's tier is grow or higher.
     *
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code stripe-refused} (409), {@code
     *     stripe-away} (503)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createOnboardingLink")
    @APIResponse(
            responseCode = "201",
            description = "The link was made",
            content = @Content(schema = @Schema(implementation = OnboardingLink.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid OnboardingRequest request) {
        Caller caller = current.required();
        origins.require(Map.of("returnUrl", request.returnUrl(), "refreshUrl", request.refreshUrl()));
        return StripeProblems.explain(freshness.ensure(() -> accounts.link(caller, request), caller.id()))
                .map(link -> Response.status(Response.Status.CREATED)
                        .entity(link)
                        .header("Cache-Control", "no-store")
                        .build());
    }
}
