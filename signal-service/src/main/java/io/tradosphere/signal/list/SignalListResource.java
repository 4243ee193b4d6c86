package io.tradosphere.signal.list;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.openapi.KnowsCaller;
import io.tradosphere.signal.view.SignalView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the public signal list. */
@Path(FirstPages.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Signals")
class SignalListResource {

    private final SignalLists lists;
    private final FirstPages firstPages;
    private final CurrentCaller current;

    SignalListResource(SignalLists lists, FirstPages firstPages, CurrentCaller current) {
        this.lists = lists;
        this.firstPages = firstPages;
        this.current = current;
    }

    /**
     * Lists signals, newest first. The first page of all, or of the active ones, may be 250 ms old. A list of one profile also has
     * its signals for subscribers, if the caller has access.
     *
     * @param status only signals with this status; all when absent
     * @param assetSymbol only signals of this asset, in any case; all when absent
     * @param assetType only signals of this type of asset; all when absent
     * @param creator only signals of this profile; all when absent
     * @param direction only signals in this direction; all when absent
     * @return a page of the list
     */
    @GET
    @KnowsCaller
    @Operation(operationId = "listSignals")
    public Uni<Page<SignalView>> list(
            @Schema(enumeration = {"active", "hit", "miss", "cancelled"}) @QueryParam("status") String status,
            @Schema(pattern = "^[!-~]{1,32}$") @QueryParam("assetSymbol") String assetSymbol,
            @Schema(implementation = AssetType.class) @QueryParam("assetType") String assetType,
            @Schema(implementation = UUID.class) @QueryParam("creatorId") String creator,
            @Schema(implementation = Direction.class) @QueryParam("direction") String direction,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        return firstPages
                .find(uri.getRequestUri().getRawQuery())
                .map(page -> UniHelper.toUni(page.find()).map(FirstPage.RenderedPage::page))
                .orElseGet(() -> lists.list(
                        current.optional(),
                        SignalFilter.of(status, assetSymbol, assetType, creator, direction),
                        PageRequest.of(limit, cursor)));
    }
}
