package io.tradosphere.social.clan;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.people.SecondOpinion;
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

/** Clans. */
@Path("/v1/clans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clans")
class ClanResource {

    private final Clans clans;
    private final ClanDirectory directory;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    ClanResource(
            Clans clans,
            ClanDirectory directory,
            IdempotentWrites writes,
            SecondOpinion opinion,
            CurrentCaller current) {
        this.clans = clans;
        this.directory = directory;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createClan", summary = "Founds a clan that the caller owns; elite and above")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ClanView.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewClan clan) {
        Caller caller = current.required();
        return opinion.on(() -> writes.write(caller, clan, tx -> clans.found(tx, caller, clan)), caller.id())
                .onFailure()
                .transform(Clans::explain);
    }

    @GET
    @Operation(
            operationId = "listClans",
            summary = "Lists clans, newest first; with q those whose name begins so, in the order of their names")
    public Uni<Page<ClanView>> list(
            @QueryParam("q") String prefix, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return directory.list(prefix, PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/{clanId}")
    @Operation(operationId = "getClan", summary = "Shows a clan")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ClanView.class)))
    public Uni<Response> find(@PathParam("clanId") UUID clan) {
        return directory.find(clan).map(ClanResource::response);
    }

    @PATCH
    @Path("/{clanId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editClan", summary = "Edits a clan by a JSON merge patch; for its owner")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ClanView.class)))
    public Uni<Response> edit(
            @PathParam("clanId") UUID clan,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EditableClan.class))) JsonNode patch) {
        return clans.edit(current.required(), clan, ifMatch, patch).map(ClanResource::response);
    }

    @DELETE
    @Path("/{clanId}")
    @Operation(operationId = "deleteClan", summary = "Dissolves a clan; for its owner")
    @APIResponse(responseCode = "204", description = "The clan is no more")
    public Uni<Void> dissolve(@PathParam("clanId") UUID clan) {
        return clans.dissolve(current.required(), clan);
    }

    private static Response response(ClanState shown) {
        return Response.ok(shown.clan())
                .header("ETag", Etags.of(shown.version()))
                .build();
    }
}
