package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.identity.CurrentCaller;
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

/** Reactions to signals. */
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

    @PUT
    @Path("/{signalId}/reaction")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "reactToSignal",
            summary = "Reacts to a signal, in place of one's reaction before; repeated, it changes nothing")
    @APIResponse(responseCode = "204", description = "This is the caller's reaction")
    public Uni<Void> react(
            @PathParam("signalId") UUID signal, @NotNull(message = "is required") @Valid NewReaction reaction) {
        return reactions.react(current.required(), signal, reaction.type());
    }

    @DELETE
    @Path("/{signalId}/reaction")
    @Operation(
            operationId = "removeReaction",
            summary = "Takes one's reaction to a signal back; where there is none, nothing changes")
    @APIResponse(responseCode = "204", description = "The caller has no reaction to the signal")
    public Uni<Void> takeBack(@PathParam("signalId") UUID signal) {
        return reactions.takeBack(current.required(), signal);
    }

    @GET
    @Path("/{signalId}/reactions")
    @Operation(operationId = "getReactionTotals", summary = "Shows how many react to a signal in which way")
    public Uni<ReactionTotals> totals(@PathParam("signalId") UUID signal) {
        return reactions.totals(signal);
    }
}
