package io.tradosphere.profile.tier;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.http.Problem;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of tier administration, for platform admins. */
@Path("/v1/profiles/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Administration", description = "What platform admins do to profiles.")
class TierResource {

    /**
     * The request that sets a tier.
     *
     * @param tier the tier to grant
     */
    record TierChange(@NotNull(message = "is required") Tier tier) {}

    /**
     * The request that sets whether a profile may become a legend.
     *
     * @param eligible whether the profile may become a legend
     */
    @Schema(name = "LegendEligibility")
    record Eligibility(@NotNull(message = "is required") Boolean eligible) {}

    private final TierAdministration tiers;
    private final CurrentCaller caller;

    TierResource(TierAdministration tiers, CurrentCaller caller) {
        this.tiers = tiers;
        this.caller = caller;
    }

    /**
     * Sets the tier that is granted to a profile. Its tier is the higher of that and what is paid for. For platform admins.
     *
     * @param profile the id of the profile
     * @throws Problem {@code admin-only} (403), {@code unknown-profile} (404), {@code not-legend-eligible} (409)
     */
    @PUT
    @Path("/tier")
    @Operation(operationId = "setTier")
    public Uni<Void> setTier(
            @PathParam("id") UUID profile, @NotNull(message = "is required") @Valid TierChange change) {
        return tiers.setTier(caller.required().asAdmin(), profile, change.tier());
    }

    /**
     * Sets whether a profile may become a legend. For platform admins.
     *
     * @param profile the id of the profile
     * @throws Problem {@code admin-only} (403), {@code unknown-profile} (404)
     */
    @PUT
    @Path("/legend-eligibility")
    @Operation(operationId = "setLegendEligibility")
    public Uni<Void> setEligible(
            @PathParam("id") UUID profile, @NotNull(message = "is required") @Valid Eligibility eligibility) {
        return tiers.setEligible(caller.required().asAdmin(), profile, eligibility.eligible());
    }
}
