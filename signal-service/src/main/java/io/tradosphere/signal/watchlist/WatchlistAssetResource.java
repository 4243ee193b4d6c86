package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the assets of a watchlist. */
@Path("/v1/watchlists/{watchlistId}/assets/{symbol}")
@Tag(name = "Watchlists")
class WatchlistAssetResource {

    private final WatchlistAssets assets;
    private final CurrentCaller current;

    WatchlistAssetResource(WatchlistAssets assets, CurrentCaller current) {
        this.assets = assets;
        this.current = current;
    }

    /**
     * Adds an asset to a watchlist of at most 500. Adding again changes nothing. For its owner and its editors.
     *
     * @param list the id of the watchlist
     * @param symbol what is traded, percent-encoded, such as {@code BTC%2FUSD}
     * @throws Problem {@code forbidden} (403), {@code watchlist-full} (409), {@code profile-required} (403)
     */
    @PUT
    @Operation(operationId = "addWatchlistAsset")
    @APIResponse(responseCode = "204", description = "The asset is on the watchlist")
    public Uni<Void> add(@PathParam("watchlistId") UUID list, @PathParam("symbol") String symbol) {
        return assets.add(current.required(), list, symbol);
    }

    /**
     * Removes an asset from a watchlist. For its owner and its editors.
     *
     * @param list the id of the watchlist
     * @param symbol what is traded, percent-encoded, such as {@code BTC%2FUSD}
     * @throws Problem {@code forbidden} (403), {@code profile-required} (403)
     */
    @DELETE
    @Operation(operationId = "removeWatchlistAsset")
    @APIResponse(responseCode = "204", description = "The asset is not on the watchlist")
    public Uni<Void> remove(@PathParam("watchlistId") UUID list, @PathParam("symbol") String symbol) {
        return assets.remove(current.required(), list, symbol);
    }
}
