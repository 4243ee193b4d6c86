package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.openapi.KnowsCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of reactions to signals. */
@Path("/v1/signals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Engagement")
class ReactionResource {

    private final Reactions reactions;
    private final CurrentCaller current;

    ReactionResource(Reactions reactions, CurrentCaller current) {
        this.reactions = reactions;
        this.current = current;
    }

    /**
     * Reacts to a signal, replacing the previous reaction; repeated, it changes nothing.
     *
     * @param signal the id of the signal
     * @throws Problem {@code profile-required} (403), {@code blocked} (403)
     */
    @PUT
    @Path("/{signalId}/reaction")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "reactToSignal")
    @APIResponse(responseCode = "204", description = "This is the caller's reaction")
    public Uni<Void> react(
            @PathParam("signalId") UUID signal, @NotNull(message = "is required") @Valid NewReaction reaction) {
        return reactions.react(current.required(), signal, reaction.type());
    }

    /**
     * Removes the caller's reaction to a signal; without one, nothing changes.
     *
     * @param signal the id of the signal
     * @throws Problem {@code profile-required} (403)
     */
    @DELETE
    @Path("/{signalId}/reaction")
    @Operation(operationId = "removeReaction")
    @APIResponse(responseCode = "204", description = "The caller has no reaction to the signal")
    public Uni<Void> remove(@PathParam("signalId") UUID signal) {
        return reactions.remove(current.required(), signal);
    }

    /**
     * Shows the number of reactions to a signal by type.
     *
     * @param signal the id of the signal
     * @return the totals
     */
    @GET
    @Path("/{signalId}/reactions")
    @KnowsCaller
    @Operation(operationId = "getReactionTotals")
    public Uni<ReactionTotals> totals(@PathParam("signalId") UUID signal) {
        return reactions.totals(current.optional(), signal);
    }
}
