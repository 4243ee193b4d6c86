package io.tradosphere.signal.trade;

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

/** One's own trades. */
@Path("/v1/trades")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trades")
class TradeResource {

    private final Trades trades;
    private final TradeList list;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    TradeResource(
            Trades trades, TradeList list, IdempotentWrites writes, SecondOpinion opinion, CurrentCaller current) {
        this.trades = trades;
        this.list = list;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "enterTrade",
            summary = "Enters a trade, open or already closed, into the caller's journal; what it made is computed")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = TradeView.class)))
    public Uni<Response> enter(@NotNull(message = "is required") @Valid TradeFields fields) {
        Caller caller = current.required();
        return opinion.on(() -> writes.write(caller, fields, tx -> trades.enter(tx, caller, fields)), caller.id());
    }

    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(
            operationId = "listTrades",
            summary = "Lists the caller's trades, newest opened first; from and to are about the opening")
    public Uni<Page<TradeView>> list(
            @QueryParam("asset") String asset,
            @QueryParam("tag") String tag,
            @QueryParam("strategy") String strategy,
            @QueryParam("open") String open,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Caller caller = current.required();
        return list.list(caller, TradeFilter.of(asset, tag, strategy, open, from, to), PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/{tradeId}")
    @SecurityRequirement(name = "bearer")
    @Operation(
            operationId = "getTrade",
            summary = "Shows a trade of the caller's; those of others do not exist for them")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TradeView.class)))
    public Uni<Response> find(@PathParam("tradeId") UUID trade) {
        return trades.find(current.required(), trade).map(TradeResource::response);
    }

    @PATCH
    @Path("/{tradeId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "changeTrade",
            summary =
                    "Changes a trade of the caller's by a JSON merge patch; an exitPrice closes it, now unless closedAt says when")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TradeView.class)))
    public Uni<Response> change(
            @PathParam("tradeId") UUID trade,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = TradeFields.class))) JsonNode patch) {
        return trades.change(current.required(), trade, ifMatch, patch).map(TradeResource::response);
    }

    @DELETE
    @Path("/{tradeId}")
    @Operation(
            operationId = "deleteTrade",
            summary = "Deletes a trade of the caller's, which then counts nowhere any more")
    @APIResponse(responseCode = "204", description = "The trade is no more")
    public Uni<Void> delete(@PathParam("tradeId") UUID trade) {
        return trades.delete(current.required(), trade);
    }

    private static Response response(Trades.Found found) {
        return Response.ok(found.trade())
                .header("ETag", Etags.of(found.version()))
                .build();
    }
}
