package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.people.SecondOpinion;
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

/** Who belongs to a clan. */
@Path("/v1/clans/{clanId}/members")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clans")
class MemberResource {

    private final Members members;
    private final ClanDirectory directory;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    MemberResource(
            Members members,
            ClanDirectory directory,
            IdempotentWrites writes,
            SecondOpinion opinion,
            CurrentCaller current) {
        this.members = members;
        this.directory = directory;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    @POST
    @Operation(operationId = "joinClan", summary = "Makes the caller a member of a clan")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MemberView.class)))
    public Uni<Response> join(@PathParam("clanId") UUID clan) {
        Caller caller = current.required();
        return opinion.on(() -> writes.write(caller, Map.of(), tx -> members.join(tx, caller, clan)), caller.id());
    }

    @GET
    @Operation(operationId = "listClanMembers", summary = "Lists who belongs to a clan, in the order they joined in")
    public Uni<Page<MemberView>> list(
            @PathParam("clanId") UUID clan, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return directory.members(clan, PageRequest.of(limit, cursor));
    }

    @DELETE
    @Path("/{profileId}")
    @Operation(
            operationId = "removeClanMember",
            summary = "Leaves a clan, or removes somebody: its owner anybody else, an admin plain members")
    @APIResponse(responseCode = "204", description = "The profile does not belong to the clan")
    public Uni<Void> remove(@PathParam("clanId") UUID clan, @PathParam("profileId") UUID profile) {
        return members.remove(current.required(), clan, profile);
    }

    @PUT
    @Path("/{profileId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setClanRole",
            summary = "Makes a member admin, plain member or, by which the clan is handed over, owner; for its owner")
    @APIResponse(responseCode = "204", description = "The member has the role")
    public Uni<Void> giveRole(
            @PathParam("clanId") UUID clan,
            @PathParam("profileId") UUID profile,
            @NotNull(message = "is required") @Valid RoleChange change) {
        return members.giveRole(current.required(), clan, profile, change.role());
    }
}
