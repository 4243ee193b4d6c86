package io.tradosphere.signal.trade.statistics;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.signal.trade.Times;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the statistics of the caller's trades. */
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

    /**
     * Shows statistics of the caller's trades that were closed in a period.
     *
     * @param from only trades closed at this instant or later, or since that day of {@code timeZone}; no bound when absent
     * @param to only trades closed before this instant, or until the end of that day of {@code timeZone}; no bound when absent
     * @param base the equity at the beginning, a decimal above 0; 10000 when absent
     * @param timeZone whose days are counted, a name such as {@code America/New_York}; UTC when absent
     * @return the statistics
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getTradeStatistics")
    public Uni<TradeStatistics> measure(
            @Schema(pattern = Times.PATTERN) @QueryParam("from") String from,
            @Schema(pattern = Times.PATTERN) @QueryParam("to") String to,
            @QueryParam("base") String base,
            @QueryParam("timeZone") String timeZone) {
        return statistics.measure(current.required(), Period.of(from, to, base, timeZone));
    }
}
