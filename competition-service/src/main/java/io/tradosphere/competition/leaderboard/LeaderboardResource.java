package io.tradosphere.competition.leaderboard;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Leaderboards and results. */
@Path("/v1/competitions/{competitionId}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Leaderboards")
class LeaderboardResource {

    private final Leaderboards leaderboards;
    private final CurrentCaller current;

    LeaderboardResource(Leaderboards leaderboards, CurrentCaller current) {
        this.leaderboards = leaderboards;
        this.current = current;
    }

    @GET
    @Path("/leaderboard")
    @Operation(
            operationId = "getLeaderboard",
            summary = "Lists a competition's participants by rank; those in stealth mode are shown to themselves alone")
    public Uni<Page<LeaderboardRow>> leaderboard(
            @PathParam("competitionId") UUID competition,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return leaderboards.page(current.optional(), competition, PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/leaderboard/me")
    @Operation(
            operationId = "getOwnStanding",
            summary = "Shows where the caller stands, with the five around; for participants")
    public Uni<OwnStanding> own(@PathParam("competitionId") UUID competition) {
        return leaderboards.around(current.required(), competition);
    }

    @GET
    @Path("/results")
    @Operation(
            operationId = "listCompetitionResults",
            summary =
                    "Lists final ranks and prizes once a competition is over; those in stealth mode without who they are")
    public Uni<Page<ResultView>> results(
            @PathParam("competitionId") UUID competition,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return leaderboards.results(current.optional(), competition, PageRequest.of(limit, cursor));
    }
}
