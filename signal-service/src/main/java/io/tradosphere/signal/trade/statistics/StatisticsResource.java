package io.tradosphere.signal.trade.statistics;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the caller's trades add up to. */
@Path("/v1/trades/stats")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trades")
class StatisticsResource {

    private final Statistics statistics;
    private final CurrentCaller current;

    StatisticsResource(Statistics statistics, CurrentCaller current) {
        this.statistics = statistics;
        this.current = current;
    }

    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(
            operationId = "getTradeStatistics",
            summary =
                    "Says what the caller's trades closed from a day to another add up to, beginning with an equity of base")
    public Uni<TradeStatistics> measure(
            @QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("base") String base) {
        return statistics.measure(current.required(), Period.of(from, to, base));
    }
}
