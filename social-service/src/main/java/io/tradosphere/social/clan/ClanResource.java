package io.tradosphere.social.clan;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.social.clan.ClanRequests.EditableClan;
import io.tradosphere.social.clan.ClanRequests.NewClan;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of clans. */
@Path("/v1/clans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clans", description = "Groups of profiles with an owner.")
class ClanResource {

    private final Clans clans;
    private final ClanDirectory directory;
    private final Creations creations;
    private final CurrentCaller current;

    ClanResource(Clans clans, ClanDirectory directory, Creations creations, CurrentCaller current) {
        this.clans = clans;
        this.directory = directory;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Creates a clan that the caller owns. For the tier elite and above.
     *
     * @return the clan
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code limit-reached} (409), {@code
     *     clan-name-taken} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createClan")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ClanView.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewClan clan) {
        Caller caller = current.required();
        return creations
                .by(caller, clan)
                .withFreshProfiles()
                .explaining(Clans.CONSTRAINTS)
                .run(tx -> clans.create(tx, caller, clan));
    }

    /**
     * Lists clans, newest first. With {@code q}, those whose name begins with it, in the order of their names.
     *
     * @param prefix the beginning of the name, in any case; all clans when absent
     * @return a page of the list
     */
    @GET
    @Operation(operationId = "listClans")
    public Uni<Page<ClanView>> list(
            @QueryParam("q") String prefix, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return directory.list(prefix, PageRequest.of(limit, cursor));
    }

    /**
     * Shows a clan.
     *
     * @param clan the id of the clan
     * @return the clan
     */
    @GET
    @Path("/{clanId}")
    @Operation(operationId = "getClan")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ClanView.class)))
    public Uni<Response> find(@PathParam("clanId") UUID clan) {
        return directory.find(clan).map(ClanResource::response);
    }

    /**
     * Edits a clan by a JSON merge patch. For its owner.
     *
     * @param clan the id of the clan
     * @return the edited clan
     * @throws Problem {@code forbidden} (403), {@code clan-name-taken} (409), {@code profile-required} (403)
     */
    @PATCH
    @Path("/{clanId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editClan")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ClanView.class)))
    public Uni<Response> edit(
            @PathParam("clanId") UUID clan,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EditableClan.class))) JsonNode patch) {
        return clans.edit(current.required(), clan, ifMatch, patch).map(ClanResource::response);
    }

    /**
     * Deletes a clan. For its owner.
     *
     * @param clan the id of the clan
     * @throws Problem {@code forbidden} (403), {@code profile-required} (403)
     */
    @DELETE
    @Path("/{clanId}")
    @Operation(operationId = "deleteClan")
    @APIResponse(responseCode = "204", description = "The clan is deleted")
    public Uni<Void> delete(@PathParam("clanId") UUID clan, @HeaderParam("If-Match") String ifMatch) {
        return clans.delete(current.required(), clan, ifMatch);
    }

    private static Response response(ClanState shown) {
        return Response.ok(shown.clan()).header("ETag", shown.etag()).build();
    }
}
