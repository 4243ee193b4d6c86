package io.tradosphere.signal.watchlist;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
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

/** The HTTP resource of watchlists. */
@Path("/v1/watchlists")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Watchlists", description = "Shared lists of assets.")
class WatchlistResource {

    private final Watchlists watchlists;
    private final Creations creations;
    private final CurrentCaller current;

    WatchlistResource(Watchlists watchlists, Creations creations, CurrentCaller current) {
        this.watchlists = watchlists;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Creates an empty watchlist that the caller owns.
     *
     * @return the watchlist
     * @throws Problem {@code profile-required} (403), {@code limit-reached} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createWatchlist")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WatchlistView.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid WatchlistName list) {
        Caller caller = current.required();
        return creations.by(caller, list).withFreshProfiles().run(tx -> watchlists.create(tx, caller, list));
    }

    /**
     * Lists the watchlists of which the caller is a member, newest first.
     *
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listWatchlists")
    public Uni<Page<WatchlistSummary>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return watchlists.list(current.required(), PageRequest.of(limit, cursor));
    }

    /**
     * Shows a watchlist with its assets and members. For its members.
     *
     * @param list the id of the watchlist
     * @return the watchlist
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/{watchlistId}")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getWatchlist")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WatchlistView.class)))
    public Uni<Response> find(@PathParam("watchlistId") UUID list) {
        return watchlists.find(current.required(), list).map(WatchlistResource::response);
    }

    /**
     * Renames a watchlist by a JSON merge patch. For its owner.
     *
     * @param list the id of the watchlist
     * @return the renamed watchlist
     * @throws Problem {@code forbidden} (403), {@code profile-required} (403)
     */
    @PATCH
    @Path("/{watchlistId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editWatchlist")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WatchlistView.class)))
    public Uni<Response> edit(
            @PathParam("watchlistId") UUID list,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = WatchlistName.class))) JsonNode patch) {
        return watchlists.edit(current.required(), list, ifMatch, patch).map(WatchlistResource::response);
    }

    /**
     * Deletes a watchlist for all its members. For its owner.
     *
     * @param list the id of the watchlist
     * @throws Problem {@code forbidden} (403), {@code profile-required} (403)
     */
    @DELETE
    @Path("/{watchlistId}")
    @Operation(operationId = "deleteWatchlist")
    @APIResponse(responseCode = "204", description = "The watchlist is deleted")
    public Uni<Void> delete(@PathParam("watchlistId") UUID list, @HeaderParam("If-Match") String ifMatch) {
        return watchlists.delete(current.required(), list, ifMatch);
    }

    private static Response response(WatchlistState shown) {
        return Response.ok(shown.list())
                .header("ETag", Etags.of(shown.version(), shown.list()))
                .build();
    }
}
