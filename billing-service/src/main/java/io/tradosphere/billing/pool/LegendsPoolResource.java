package io.tradosphere.billing.pool;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.YearMonth;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the legends pool. */
@Path("/v1/legends-pool")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Legends pool", description = "The monthly pool of the legends.")
class LegendsPoolResource {

    private final LegendsPools pools;
    private final IdempotentWrites writes;
    private final CurrentCaller current;

    LegendsPoolResource(LegendsPools pools, IdempotentWrites writes, CurrentCaller current) {
        this.pools = pools;
        this.writes = writes;
        this.current = current;
    }

    /**
     * Shows the pool of a month, and its distribution when that is done.
     *
     * @param month such as {@code 2026-01} (UTC); the present month when absent
     * @return the pool
     */
    @GET
    @Operation(operationId = "getLegendsPool")
    public Uni<PoolView> find(@QueryParam("month") String month) {
        return pools.find(month == null ? pools.currentMonth() : parse(month));
    }

    /**
     * Pays into the pool of a month. The {@code Idempotency-Key} is required. For platform admins.
     *
     * @param month such as {@code 2026-01} (UTC)
     * @throws Problem {@code admin-only} (403), {@code pool-distributed} (409)
     */
    @POST
    @Path("/{month}/accruals")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "accrueLegendsPool")
    @APIResponse(
            responseCode = "201",
            description = "The pool as it is now",
            content = @Content(schema = @Schema(implementation = PoolView.class)))
    public Uni<Response> accrue(
            @PathParam("month") String month, @NotNull(message = "is required") @Valid NewAccrual accrual) {
        Caller admin = current.required().asAdmin();
        YearMonth parsed = parse(month);
        writes.requireKey();
        return writes.writeAsAdmin(admin, accrual, tx -> pools.accrue(tx, parsed, accrual.amount()));
    }

    /**
     * Distributes the pool of a month that is over, once: to its legends, in proportion to the part of the month that each was
     * one. The shares sum to the pool exactly. For platform admins.
     *
     * @param month such as {@code 2026-01} (UTC)
     * @throws Problem {@code admin-only} (403), {@code month-not-over} (409), {@code no-legends} (409)
     */
    @POST
    @Path("/{month}/distribute")
    @Operation(operationId = "distributeLegendsPool")
    @APIResponse(
            responseCode = "200",
            description = "The distributed pool",
            content = @Content(schema = @Schema(implementation = PoolView.class)))
    public Uni<PoolView> distribute(@PathParam("month") String month) {
        return pools.distribute(current.required().asAdmin(), parse(month));
    }

    private static YearMonth parse(String month) {
        if (!month.matches("(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "The request has invalid parameters.",
                    List.of(new Violation("month", "is a month such as 2026-01")));
        }
        return YearMonth.parse(month);
    }
}
