package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.people.SecondOpinion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who takes part in a competition. */
@Path("/v1/competitions/{competitionId}/participants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Competitions")
class ParticipantResource {

    private final Joining joining;
    private final Leaving leaving;
    private final ClanNews clanNews;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    ParticipantResource(
            Joining joining,
            Leaving leaving,
            ClanNews clanNews,
            IdempotentWrites writes,
            SecondOpinion opinion,
            CurrentCaller current) {
        this.joining = joining;
        this.leaving = leaving;
        this.clanNews = clanNews;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "joinCompetition",
            summary =
                    "Makes the caller a participant, in a team competition for a clan of theirs; also after a withdrawal")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ParticipantView.class)))
    public Uni<Response> join(
            @PathParam("competitionId") UUID competition, @RequestBody(required = false) @Valid Entry given) {
        Caller caller = current.required();
        Entry entry = given == null ? Entry.ALONE : given;
        return clanNews.await(() -> opinion.on(
                        () -> writes.write(caller, entry, tx -> joining.join(tx, caller, competition, entry)),
                        caller.id())
                .onFailure()
                .transform(Joining::explain));
    }

    @DELETE
    @Path("/me")
    @Operation(
            operationId = "withdrawFromCompetition",
            summary = "Withdraws the caller from a competition that is not over; the place becomes free")
    @APIResponse(responseCode = "204", description = "The caller does not take part")
    public Uni<Void> withdraw(@PathParam("competitionId") UUID competition) {
        return leaving.withdraw(current.required(), competition);
    }

    @POST
    @Path("/{profileId}/disqualify")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "disqualifyParticipant",
            summary = "Excludes somebody from a competition that is not over; for its creator and platform admins")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ParticipantView.class)))
    public Uni<Response> disqualify(
            @PathParam("competitionId") UUID competition,
            @PathParam("profileId") UUID profile,
            @NotNull(message = "is required") @Valid Disqualification disqualification) {
        Caller caller = current.required();
        String reason = disqualification.reason();
        return caller.platformAdmin()
                ? writes.writeAsAdmin(
                        caller, disqualification, tx -> leaving.disqualify(tx, caller, competition, profile, reason))
                : writes.write(
                        caller, disqualification, tx -> leaving.disqualify(tx, caller, competition, profile, reason));
    }
}
