package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the caller's invitations to watchlists. */
@Path("/v1/watchlists")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Watchlists")
class WatchlistInvitationResource {

    private final WatchlistInvitations invitations;
    private final ProfileFreshness freshness;
    private final CurrentCaller current;

    WatchlistInvitationResource(WatchlistInvitations invitations, ProfileFreshness freshness, CurrentCaller current) {
        this.invitations = invitations;
        this.freshness = freshness;
        this.current = current;
    }

    /**
     * Lists the caller's open invitations to watchlists.
     *
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/invitations")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listWatchlistInvitations")
    public Uni<Page<InvitationView>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return invitations.list(current.required(), PageRequest.of(limit, cursor));
    }

    /**
     * Accepts the caller's invitation to a watchlist, or the offered ownership of it.
     *
     * @param list the id of the watchlist
     * @throws Problem {@code limit-reached} (409), {@code profile-required} (403), {@code blocked} (403), {@code
     *     watchlist-full} (409)
     */
    @POST
    @Path("/{watchlistId}/invitation/accept")
    @Operation(operationId = "acceptWatchlistInvitation")
    @APIResponse(responseCode = "204", description = "The caller has the role of the invitation")
    public Uni<Void> accept(@PathParam("watchlistId") UUID list) {
        Caller caller = current.required();
        return freshness.ensure(() -> invitations.accept(caller, list), caller.id());
    }

    /**
     * Declines the caller's invitation to a watchlist.
     *
     * @param list the id of the watchlist
     * @throws Problem {@code profile-required} (403)
     */
    @DELETE
    @Path("/{watchlistId}/invitation")
    @Operation(operationId = "declineWatchlistInvitation")
    @APIResponse(responseCode = "204", description = "The caller has no invitation to the watchlist")
    public Uni<Void> decline(@PathParam("watchlistId") UUID list) {
        return invitations.decline(current.required(), list);
    }
}
