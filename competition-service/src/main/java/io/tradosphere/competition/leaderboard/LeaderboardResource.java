package io.tradosphere.competition.leaderboard;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.openapi.KnowsCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** REST resource for leaderboards and results. */
@Path("/v1/competitions/{competitionId}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Leaderboards", description = "Ranks and results of competitions.")
class LeaderboardResource {

    private final Leaderboards leaderboards;
    private final CurrentCaller current;

    LeaderboardResource(Leaderboards leaderboards, CurrentCaller current) {
        this.leaderboards = leaderboards;
        this.current = current;
    }

    /**
     * Lists a competition's participants by rank. Participants in stealth mode see only themselves.
     *
     * @param competition the id of the competition
     * @return a page of the list
     */
    @GET
    @Path("/leaderboard")
    @KnowsCaller
    @Operation(operationId = "getLeaderboard")
    public Uni<Page<LeaderboardRow>> leaderboard(
            @PathParam("competitionId") UUID competition,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return leaderboards.page(current.optional(), competition, PageRequest.of(limit, cursor));
    }

    /**
     * Returns the caller's rank with the five nearest participants. For participants.
     *
     * @param competition the id of the competition
     * @return the rank and the nearest participants
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/leaderboard/me")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getOwnStanding")
    public Uni<OwnRank> own(@PathParam("competitionId") UUID competition) {
        return leaderboards.around(current.required(), competition);
    }

    /**
     * Lists final ranks and prizes once a competition is over. Participants in stealth mode are anonymous.
     *
     * @param competition the id of the competition
     * @return a page of the list
     * @throws Problem {@code not-completed} (409)
     */
    @GET
    @Path("/results")
    @KnowsCaller
    @Operation(operationId = "listCompetitionResults")
    public Uni<Page<ResultView>> results(
            @PathParam("competitionId") UUID competition,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return leaderboards.results(current.optional(), competition, PageRequest.of(limit, cursor));
    }
}
