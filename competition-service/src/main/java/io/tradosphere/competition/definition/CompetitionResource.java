package io.tradosphere.competition.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
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
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** REST resource for creating, listing, reading, editing and cancelling competitions. */
@Path("/v1/competitions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Competitions", description = "Contests between traders, and who takes part in them.")
class CompetitionResource {

    private final Competitions competitions;
    private final CompetitionDirectory directory;
    private final Creations creations;
    private final CurrentCaller current;

    CompetitionResource(
            Competitions competitions, CompetitionDirectory directory, Creations creations, CurrentCaller current) {
        this.competitions = competitions;
        this.directory = directory;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Creates a competition. For the tiers gladiator and legend.
     *
     * @return the competition
     * @throws Problem {@code paid-entry-unavailable} (400), {@code profile-required} (403), {@code tier-too-low} (403),
     *     {@code limit-reached} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createCompetition")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CompetitionView.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewCompetition competition) {
        Caller caller = current.required();
        return creations
                .by(caller, competition)
                .withFreshProfiles()
                .run(tx -> competitions.create(tx, caller, competition));
    }

    /**
     * Lists competitions, newest first.
     *
     * @param status only competitions with this status; all when absent
     * @param creator only competitions of this profile; all when absent
     * @return a page of the list
     */
    @GET
    @Operation(operationId = "listCompetitions")
    public Uni<Page<CompetitionView>> list(
            @Schema(enumeration = {"upcoming", "active", "completed", "cancelled"}) @QueryParam("status") String status,
            @Schema(implementation = UUID.class) @QueryParam("creatorId") String creator,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return directory.list(CompetitionFilter.of(status, creator), PageRequest.of(limit, cursor));
    }

    /**
     * Returns a competition.
     *
     * @param competition the id of the competition
     * @return the competition
     */
    @GET
    @Path("/{competitionId}")
    @Operation(operationId = "getCompetition")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CompetitionView.class)))
    public Uni<Response> find(@PathParam("competitionId") UUID competition) {
        return directory.find(competition).map(CompetitionResource::response);
    }

    /**
     * Edits an upcoming competition by a JSON merge patch. For its creator.
     *
     * @param competition the id of the competition
     * @return the edited competition
     * @throws Problem {@code forbidden} (403), {@code not-upcoming} (409), {@code participants-bound} (409), {@code
     *     profile-required} (403)
     */
    @PATCH
    @Path("/{competitionId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editCompetition")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CompetitionView.class)))
    public Uni<Response> edit(
            @PathParam("competitionId") UUID competition,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EditableCompetition.class)))
                    JsonNode patch) {
        return competitions
                .edit(current.required(), competition, ifMatch, patch)
                .map(CompetitionResource::response);
    }

    /**
     * Cancels an upcoming competition. For its creator and platform admins.
     *
     * @param competition the id of the competition
     * @return the cancelled competition
     * @throws Problem {@code forbidden} (403), {@code not-upcoming} (409), {@code profile-required} (403)
     */
    @POST
    @Path("/{competitionId}/cancel")
    @Operation(operationId = "cancelCompetition")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CompetitionView.class)))
    public Uni<Response> cancel(@PathParam("competitionId") UUID competition) {
        Caller caller = current.required();
        return creations
                .by(caller, Map.of())
                .asAdminIfPossible()
                .run(tx -> competitions.cancel(tx, caller, competition));
    }

    private static Response response(CompetitionState shown) {
        return Response.ok(shown.competition()).header("ETag", shown.etag()).build();
    }
}
