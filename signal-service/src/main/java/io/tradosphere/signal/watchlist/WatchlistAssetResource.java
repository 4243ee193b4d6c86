package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is on a watchlist. */
@Path("/v1/watchlists/{watchlistId}/assets/{symbol}")
@Tag(name = "Watchlists")
class WatchlistAssetResource {

    private final WatchlistAssets assets;
    private final CurrentCaller current;

    WatchlistAssetResource(WatchlistAssets assets, CurrentCaller current) {
        this.assets = assets;
        this.current = current;
    }

    @PUT
    @Operation(
            operationId = "addWatchlistAsset",
            summary = "Puts an asset on a watchlist of at most " + WatchlistAssets.AT_MOST
                    + "; for its owner and its editors. The symbol is percent-encoded, such as BTC%2FUSD")
    @APIResponse(responseCode = "204", description = "The asset is on the watchlist")
    public Uni<Void> add(@PathParam("watchlistId") UUID list, @PathParam("symbol") String symbol) {
        return assets.add(current.required(), list, symbol);
    }

    @DELETE
    @Operation(
            operationId = "removeWatchlistAsset",
            summary = "Takes an asset off a watchlist; for its owner and its editors")
    @APIResponse(responseCode = "204", description = "The asset is not on the watchlist")
    public Uni<Void> remove(@PathParam("watchlistId") UUID list, @PathParam("symbol") String symbol) {
        return assets.remove(current.required(), list, symbol);
    }
}
