package io.tradosphere.signal.watchlist;

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
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Watchlists. */
@Path("/v1/watchlists")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Watchlists")
class WatchlistResource {

    private final Watchlists watchlists;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    WatchlistResource(Watchlists watchlists, IdempotentWrites writes, SecondOpinion opinion, CurrentCaller current) {
        this.watchlists = watchlists;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createWatchlist", summary = "Makes an empty watchlist that the caller owns")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WatchlistView.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid WatchlistName list) {
        Caller caller = current.required();
        return opinion.on(() -> writes.write(caller, list, tx -> watchlists.make(tx, caller, list)), caller.id());
    }

    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listWatchlists", summary = "Lists the watchlists that the caller shares, newest first")
    public Uni<Page<WatchlistSummary>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return watchlists.list(current.required(), PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/{watchlistId}")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getWatchlist", summary = "Shows a watchlist with its assets and its members, to these")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WatchlistView.class)))
    public Uni<Response> find(@PathParam("watchlistId") UUID list) {
        return watchlists.find(current.required(), list).map(WatchlistResource::response);
    }

    @PATCH
    @Path("/{watchlistId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editWatchlist", summary = "Renames a watchlist by a JSON merge patch; for its owner")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WatchlistView.class)))
    public Uni<Response> edit(
            @PathParam("watchlistId") UUID list,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = WatchlistName.class))) JsonNode patch) {
        return watchlists.edit(current.required(), list, ifMatch, patch).map(WatchlistResource::response);
    }

    @DELETE
    @Path("/{watchlistId}")
    @Operation(
            operationId = "deleteWatchlist",
            summary = "Deletes a watchlist for everybody who shares it; for its owner")
    @APIResponse(responseCode = "204", description = "The watchlist is no more")
    public Uni<Void> delete(@PathParam("watchlistId") UUID list) {
        return watchlists.delete(current.required(), list);
    }

    private static Response response(WatchlistState shown) {
        return Response.ok(shown.list())
                .header("ETag", Etags.of(shown.version()))
                .build();
    }
}
