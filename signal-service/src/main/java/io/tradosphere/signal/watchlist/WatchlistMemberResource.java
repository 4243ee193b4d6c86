package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whom a watchlist is shared by. */
@Path("/v1/watchlists/{watchlistId}/members/{profileId}")
@Tag(name = "Watchlists")
class WatchlistMemberResource {

    private final WatchlistMembers members;
    private final CurrentCaller current;

    WatchlistMemberResource(WatchlistMembers members, CurrentCaller current) {
        this.members = members;
        this.current = current;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setWatchlistRole",
            summary =
                    "Makes somebody viewer, editor or, by which the list is handed over, owner; for its owner. At most "
                            + WatchlistMembers.AT_MOST + " people share a list")
    @APIResponse(responseCode = "204", description = "The profile has the role")
    public Uni<Void> giveRole(
            @PathParam("watchlistId") UUID list,
            @PathParam("profileId") UUID profile,
            @NotNull(message = "is required") @Valid RoleChange change) {
        return members.giveRole(current.required(), list, profile, change.role());
    }

    @DELETE
    @Operation(
            operationId = "removeWatchlistMember",
            summary = "Leaves a watchlist, or as its owner removes somebody else")
    @APIResponse(responseCode = "204", description = "The profile does not share the watchlist")
    public Uni<Void> remove(@PathParam("watchlistId") UUID list, @PathParam("profileId") UUID profile) {
        return members.remove(current.required(), list, profile);
    }
}
