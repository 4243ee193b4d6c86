package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
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

/** The HTTP resource of the members of a watchlist. */
@Path("/v1/watchlists/{watchlistId}/members/{profileId}")
@Tag(name = "Watchlists")
class WatchlistMemberResource {

    private final WatchlistMembers members;
    private final CurrentCaller current;

    WatchlistMemberResource(WatchlistMembers members, CurrentCaller current) {
        this.members = members;
        this.current = current;
    }

    /**
     * Changes the role of a member, or invites another profile. The role {@code owner} offers the ownership. A list has
     * at most 100 members and invitations. For its owner.
     *
     * @param list the id of the watchlist
     * @param profile the id of the member or of the profile to invite
     * @throws Problem {@code not-found} (404), {@code unknown-profile} (404), {@code forbidden} (403), {@code blocked}
     *     (403), {@code owner-must-hand-over} (409), {@code watchlist-full} (409), {@code limit-reached} (409), {@code
     *     profile-required} (403)
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "setWatchlistRole")
    @APIResponse(responseCode = "204", description = "The member has the role, or the profile is invited to it")
    public Uni<Void> giveRole(
            @PathParam("watchlistId") UUID list,
            @PathParam("profileId") UUID profile,
            @NotNull(message = "is required") @Valid RoleChange change) {
        return members.giveRole(current.required(), list, profile, change.role());
    }

    /**
     * Leaves a watchlist; the owner removes other members and withdraws invitations.
     *
     * @param list the id of the watchlist
     * @param profile the id of the member or of the invited profile
     * @throws Problem {@code forbidden} (403), {@code owner-must-hand-over} (409), {@code profile-required} (403)
     */
    @DELETE
    @Operation(operationId = "removeWatchlistMember")
    @APIResponse(responseCode = "204", description = "The profile is not a member of the watchlist")
    public Uni<Void> remove(@PathParam("watchlistId") UUID list, @PathParam("profileId") UUID profile) {
        return members.remove(current.required(), list, profile);
    }
}
