package io.tradosphere.social.clan;

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

/** The HTTP resource of the caller's invitations to clans, and of offered ownerships. */
@Path("/v1/clans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clans")
class ClanInvitationResource {

    private final ClanInvitations invitations;
    private final Members members;
    private final ProfileFreshness freshness;
    private final CurrentCaller current;

    ClanInvitationResource(
            ClanInvitations invitations, Members members, ProfileFreshness freshness, CurrentCaller current) {
        this.invitations = invitations;
        this.members = members;
        this.freshness = freshness;
        this.current = current;
    }

    /**
     * Lists the caller's open invitations to clans, and the clans whose ownership the caller is offered.
     *
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/invitations")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listClanInvitations")
    public Uni<Page<ClanInvitationView>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return invitations.list(current.required(), PageRequest.of(limit, cursor));
    }

    /**
     * Accepts the caller's invitation to a clan.
     *
     * @param clan the id of the clan
     * @throws Problem {@code profile-required} (403), {@code already-member} (409), {@code blocked} (403), {@code
     *     limit-reached} (409)
     */
    @POST
    @Path("/{clanId}/invitation/accept")
    @Operation(operationId = "acceptClanInvitation")
    @APIResponse(responseCode = "204", description = "The caller is a member with the role of the invitation")
    public Uni<Void> accept(@PathParam("clanId") UUID clan) {
        Caller caller = current.required();
        return freshness.ensure(() -> members.acceptInvitation(caller, clan), caller.id());
    }

    /**
     * Declines the caller's invitation to a clan, or the offer of its ownership.
     *
     * @param clan the id of the clan
     * @throws Problem {@code profile-required} (403)
     */
    @DELETE
    @Path("/{clanId}/invitation")
    @Operation(operationId = "declineClanInvitation")
    @APIResponse(responseCode = "204", description = "The caller has no invitation to the clan")
    public Uni<Void> decline(@PathParam("clanId") UUID clan) {
        return invitations.decline(current.required(), clan);
    }

    /**
     * Accepts the ownership of a clan that the caller, a member, was offered.
     *
     * @param clan the id of the clan
     * @throws Problem {@code limit-reached} (409), {@code profile-required} (403)
     */
    @POST
    @Path("/{clanId}/ownership/accept")
    @Operation(operationId = "acceptClanOwnership")
    @APIResponse(responseCode = "204", description = "The caller owns the clan")
    public Uni<Void> acceptOwnership(@PathParam("clanId") UUID clan) {
        return members.acceptOwnership(current.required(), clan);
    }
}
