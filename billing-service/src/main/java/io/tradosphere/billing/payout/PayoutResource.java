package io.tradosphere.billing.payout;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of payouts. */
@Path("/v1/payouts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Payouts", description = "Prizes and shares of the legends pool, paid by Stripe transfers.")
class PayoutResource {

    /**
     * A run of payouts. The transfers follow within seconds.
     *
     * @param due how many payouts are due; those without an account, or beyond the balance at Stripe, wait for another run
     */
    @Schema(name = "PayoutRun")
    record Run(long due) {}

    private final Payouts payouts;
    private final CurrentCaller current;

    PayoutResource(Payouts payouts, CurrentCaller current) {
        this.payouts = payouts;
        this.current = current;
    }

    /**
     * Lists the caller's payouts, newest first.
     *
     * @param status {@code unfunded}, {@code owed}, {@code waiting}, {@code paid} or {@code failed}; every status when absent
     * @param of {@code everybody} lists all payouts, for platform admins; the caller's own when absent
     * @return a page of the list
     * @throws Problem {@code admin-only} (403)
     */
    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listPayouts")
    public Uni<Page<PayoutView>> list(
            @QueryParam("status") String status,
            @QueryParam("of") String of,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        if (of != null && !of.equals("everybody")) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "The request has invalid parameters.", List.of(new Violation("of", "is everybody, or absent")));
        }
        return payouts.list(current.required(), status, of != null, PageRequest.of(limit, cursor));
    }

    /**
     * Transfers what is due, each payout once. For platform admins.
     *
     * @throws Problem {@code admin-only} (403)
     */
    @POST
    @Path("/run")
    @Operation(operationId = "runPayouts")
    @APIResponse(
            responseCode = "202",
            description = "The transfers are requested",
            content = @Content(schema = @Schema(implementation = Run.class)))
    public Uni<Response> run() {
        return payouts.run(current.required()).map(run -> Response.accepted(run).build());
    }

    /**
     * Makes a prize owed, which the next run transfers. For platform admins.
     *
     * @param payout the id of the payout
     * @throws Problem {@code admin-only} (403), {@code not-found} (404)
     */
    @POST
    @Path("/{payoutId}/release")
    @Operation(operationId = "releasePayout")
    @APIResponse(
            responseCode = "200",
            description = "The payout as it is now",
            content = @Content(schema = @Schema(implementation = PayoutView.class)))
    public Uni<PayoutView> release(@PathParam("payoutId") UUID payout) {
        return payouts.release(current.required(), payout);
    }
}
