package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.social.clan.ClanRequests.RoleChange;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of clan members. */
@Path("/v1/clans/{clanId}/members")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clans")
class MemberResource {

    private final Members members;
    private final ClanDirectory directory;
    private final Creations creations;
    private final CurrentCaller current;

    MemberResource(Members members, ClanDirectory directory, Creations creations, CurrentCaller current) {
        this.members = members;
        this.directory = directory;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Makes the caller a member of a clan. Who was removed from it needs an invitation.
     *
     * @param clan the id of the clan
     * @return the membership
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code already-member} (409), {@code
     *     blocked} (403), {@code invitation-required} (403), {@code limit-reached} (409)
     */
    @POST
    @Operation(operationId = "joinClan")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MemberView.class)))
    public Uni<Response> join(@PathParam("clanId") UUID clan) {
        Caller caller = current.required();
        return creations.by(caller, Map.of()).withFreshProfiles().run(tx -> members.join(tx, caller, clan));
    }

    /**
     * Lists the members of a clan, in the order in which they joined.
     *
     * @param clan the id of the clan
     * @return a page of the list
     */
    @GET
    @Operation(operationId = "listClanMembers")
    public Uni<Page<MemberView>> list(
            @PathParam("clanId") UUID clan, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return directory.members(clan, PageRequest.of(limit, cursor));
    }

    /**
     * Leaves a clan or removes a member. The owner removes anyone else and withdraws invitations, an admin removes
     * plain members.
     *
     * @param clan the id of the clan
     * @param profile the id of the member or of the invited profile
     * @throws Problem {@code forbidden} (403), {@code owner-must-hand-over} (409), {@code profile-required} (403)
     */
    @DELETE
    @Path("/{profileId}")
    @Operation(operationId = "removeClanMember")
    @APIResponse(responseCode = "204", description = "The profile is not a member of the clan")
    public Uni<Void> remove(@PathParam("clanId") UUID clan, @PathParam("profileId") UUID profile) {
        return members.remove(current.required(), clan, profile);
    }

    /**
     * Sets the role of a member, or invites another profile. The role {@code owner} offers the ownership to a member.
     * For the clan's owner.
     *
     * @param clan the id of the clan
     * @param profile the id of the member or of the profile to invite
     * @throws Problem {@code not-found} (404), {@code unknown-profile} (404), {@code forbidden} (403), {@code blocked}
     *     (403), {@code owner-must-hand-over} (409), {@code limit-reached} (409), {@code profile-required} (403)
     */
    @PUT
    @Path("/{profileId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "setClanRole")
    @APIResponse(responseCode = "204", description = "The member has the role, or the profile is invited to it")
    public Uni<Void> setRole(
            @PathParam("clanId") UUID clan,
            @PathParam("profileId") UUID profile,
            @NotNull(message = "is required") @Valid RoleChange change) {
        return members.setRole(current.required(), clan, profile, change.role());
    }
}
