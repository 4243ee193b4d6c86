package io.tradosphere.signal.list;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.signal.view.SignalView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Everybody's signals. */
@Path(FirstPages.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Signals")
class SignalListResource {

    private final SignalLists lists;
    private final FirstPages firstPages;

    SignalListResource(SignalLists lists, FirstPages firstPages) {
        this.lists = lists;
        this.firstPages = firstPages;
    }

    @GET
    @Operation(
            operationId = "listSignals",
            summary = "Lists signals, newest first; the first page of all, or of the active ones, may be 250 ms old")
    public Uni<Page<SignalView>> list(
            @QueryParam("status") String status,
            @QueryParam("assetSymbol") String assetSymbol,
            @QueryParam("assetType") String assetType,
            @QueryParam("creatorId") String creator,
            @QueryParam("direction") String direction,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        return firstPages
                .asked(uri.getRequestUri().getRawQuery())
                .map(page -> UniHelper.toUni(page.find()).map(FirstPage.Written::page))
                .orElseGet(() -> lists.list(
                        SignalFilter.of(status, assetSymbol, assetType, creator, direction),
                        PageRequest.of(limit, cursor)));
    }
}
