package io.tradosphere.competition.contest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
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

/** Competitions. */
@Path("/v1/competitions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Competitions")
class CompetitionResource {

    private final Competitions competitions;
    private final CompetitionDirectory directory;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    CompetitionResource(
            Competitions competitions,
            CompetitionDirectory directory,
            IdempotentWrites writes,
            SecondOpinion opinion,
            CurrentCaller current) {
        this.competitions = competitions;
        this.directory = directory;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createCompetition", summary = "Announces a competition; gladiator and above")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CompetitionView.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewCompetition competition) {
        Caller caller = current.required();
        return opinion.on(
                () -> writes.write(caller, competition, tx -> competitions.create(tx, caller, competition)),
                caller.id());
    }

    @GET
    @Operation(operationId = "listCompetitions", summary = "Lists competitions, newest first")
    public Uni<Page<CompetitionView>> list(
            @QueryParam("status") String status,
            @QueryParam("creatorId") String creator,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return directory.list(CompetitionFilter.of(status, creator), PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/{competitionId}")
    @Operation(operationId = "getCompetition", summary = "Shows a competition")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CompetitionView.class)))
    public Uni<Response> find(@PathParam("competitionId") UUID competition) {
        return directory.find(competition).map(CompetitionResource::response);
    }

    @PATCH
    @Path("/{competitionId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "editCompetition",
            summary = "Edits an upcoming competition by a JSON merge patch; for its creator")
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

    @POST
    @Path("/{competitionId}/cancel")
    @Operation(operationId = "cancelCompetition", summary = "Calls an upcoming competition off; for its creator")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CompetitionView.class)))
    public Uni<Response> cancel(@PathParam("competitionId") UUID competition) {
        Caller caller = current.required();
        return writes.write(caller, Map.of(), tx -> competitions.cancel(tx, caller, competition));
    }

    private static Response response(CompetitionState shown) {
        return Response.ok(shown.competition()).header("ETag", shown.etag()).build();
    }
}
