package io.tradosphere.signal.trade;

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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the caller's trades. */
@Path("/v1/trades")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trades", description = "Private journals of trades.")
class TradeResource {

    private static final String CSV = "text/csv";

    private final Trades trades;
    private final TradeList list;
    private final Creations creations;
    private final CurrentCaller current;

    TradeResource(Trades trades, TradeList list, Creations creations, CurrentCaller current) {
        this.trades = trades;
        this.list = list;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Enters a trade, open or closed, into the caller's journal. Profit and loss are computed.
     *
     * @return the trade
     * @throws Problem {@code profile-required} (403), {@code trade-already-recorded} (409), {@code limit-reached} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "enterTrade")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = TradeView.class)))
    public Uni<Response> enter(@NotNull(message = "is required") @Valid TradeFields fields) {
        Caller caller = current.required();
        return creations.by(caller, fields).withFreshProfiles().run(tx -> trades.enter(tx, caller, fields));
    }

    /**
     * Lists the caller's trades, newest opened first. With {@code Accept: text/csv} all of them in one file, which the import
     * takes unchanged; {@code limit} and {@code cursor} are then refused.
     *
     * @param asset only trades of this asset, in any case; all when absent
     * @param tag only trades with this tag; all when absent
     * @param strategy only trades with this strategy; all when absent
     * @param open only trades that are open, or only those that are closed; all when absent
     * @param from only trades opened at this instant or later, or since that day of {@code timeZone}; no bound when absent
     * @param to only trades opened before this instant, or until the end of that day of {@code timeZone}; no bound when absent
     * @param timeZone whose days from and to are, a name such as {@code America/New_York}; UTC when absent
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listTrades")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
            })
    public Uni<Page<TradeView>> list(
            @Schema(maxLength = 100) @QueryParam("asset") String asset,
            @Schema(maxLength = 100) @QueryParam("tag") String tag,
            @Schema(maxLength = 100) @QueryParam("strategy") String strategy,
            @Schema(implementation = Boolean.class) @QueryParam("open") String open,
            @Schema(pattern = Times.PATTERN) @QueryParam("from") String from,
            @Schema(pattern = Times.PATTERN) @QueryParam("to") String to,
            @QueryParam("timeZone") String timeZone,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Caller caller = current.required();
        TradeFilter filter = TradeFilter.of(asset, tag, strategy, open, from, to, Times.zone(timeZone));
        return list.list(caller, filter, PageRequest.of(limit, cursor));
    }

    /** The same list as a file, whole; described with {@link #list}, which answers when both are acceptable. */
    @GET
    @Produces(CSV + ";qs=0.5")
    @SecurityRequirement(name = "bearer")
    @Operation(hidden = true)
    public Uni<Response> file(
            @QueryParam("asset") String asset,
            @QueryParam("tag") String tag,
            @QueryParam("strategy") String strategy,
            @QueryParam("open") String open,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("timeZone") String timeZone) {
        Caller caller = current.required();
        return list.file(caller, TradeFilter.of(asset, tag, strategy, open, from, to, Times.zone(timeZone)))
                .map(file -> Response.ok(file, CSV + ";charset=UTF-8").build());
    }

    /**
     * Shows a trade of the caller's; a trade of another profile is not found.
     *
     * @param trade the id of the trade
     * @return the trade
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/{tradeId}")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getTrade")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TradeView.class)))
    public Uni<Response> find(@PathParam("tradeId") UUID trade) {
        return trades.find(current.required(), trade).map(TradeResource::response);
    }

    /**
     * Changes a trade of the caller's by a JSON merge patch. An exit price closes it, at {@code closedAt} or else now.
     *
     * @param trade the id of the trade
     * @return the changed trade
     * @throws Problem {@code trade-already-recorded} (409), {@code profile-required} (403)
     */
    @PATCH
    @Path("/{tradeId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "changeTrade")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TradeView.class)))
    public Uni<Response> change(
            @PathParam("tradeId") UUID trade,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = TradeFields.class))) JsonNode patch) {
        return trades.change(current.required(), trade, ifMatch, patch).map(TradeResource::response);
    }

    /**
     * Deletes a trade of the caller's, which no longer counts anywhere.
     *
     * @param trade the id of the trade
     * @throws Problem {@code profile-required} (403)
     */
    @DELETE
    @Path("/{tradeId}")
    @Operation(operationId = "deleteTrade")
    @APIResponse(responseCode = "204", description = "The trade is deleted")
    public Uni<Void> delete(@PathParam("tradeId") UUID trade, @HeaderParam("If-Match") String ifMatch) {
        return trades.delete(current.required(), trade, ifMatch);
    }

    private static Response response(Trades.Found found) {
        return Response.ok(found.trade())
                .header("ETag", Etags.of(found.version()))
                .build();
    }
}
