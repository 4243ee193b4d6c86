package io.tradosphere.profile.standing;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What only a platform-admin decides about a profile. */
@Path("/v1/profiles/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
class StandingResource {

    record TierChange(@NotNull(message = "is required") Tier tier) {}

    record Eligibility(@NotNull(message = "is required") Boolean eligible) {}

    private final Standings standings;
    private final CurrentCaller caller;

    StandingResource(Standings standings, CurrentCaller caller) {
        this.standings = standings;
        this.caller = caller;
    }

    @PUT
    @Path("/tier")
    @Operation(operationId = "setTier", summary = "Sets a profile's tier")
    public Uni<Void> setTier(
            @PathParam("id") UUID profile, @NotNull(message = "is required") @Valid TierChange change) {
        return standings.setTier(caller.required().asAdmin(), profile, change.tier());
    }

    @PUT
    @Path("/legend-eligibility")
    @Operation(operationId = "setLegendEligibility", summary = "Says whether a profile may become a legend")
    public Uni<Void> setEligible(
            @PathParam("id") UUID profile, @NotNull(message = "is required") @Valid Eligibility eligibility) {
        return standings.setEligible(caller.required().asAdmin(), profile, eligibility.eligible());
    }
}
