package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
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

/** REST resource for joining, withdrawing and disqualifying. */
@Path("/v1/competitions/{competitionId}/participants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Competitions")
class ParticipantResource {

    private final JoinCommand joinCommand;
    private final LeaveCommand leaveCommand;
    private final ClanReplicaWait clanReplicaWait;
    private final Creations creations;
    private final CurrentCaller current;

    ParticipantResource(
            JoinCommand joinCommand,
            LeaveCommand leaveCommand,
            ClanReplicaWait clanReplicaWait,
            Creations creations,
            CurrentCaller current) {
        this.joinCommand = joinCommand;
        this.leaveCommand = leaveCommand;
        this.clanReplicaWait = clanReplicaWait;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Joins the caller, or rejoins them after a withdrawal. A team competition requires the caller's clan.
     *
     * @param competition the id of the competition
     * @return the participation
     * @throws Problem {@code profile-required} (403), {@code not-clan-member} (403), {@code blocked} (403), {@code
     *     competition-full} (409), {@code entry-closed} (409), {@code already-participating} (409), {@code
     *     disqualified} (409), {@code competition-over} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "joinCompetition")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ParticipantView.class)))
    public Uni<Response> join(
            @PathParam("competitionId") UUID competition, @RequestBody(required = false) @Valid JoinRequest body) {
        Caller caller = current.required();
        JoinRequest request = body == null ? JoinRequest.ALONE : body;
        return clanReplicaWait.await(() -> creations
                .by(caller, request)
                .withFreshProfiles()
                .explaining(JoinCommand.CONSTRAINTS)
                .withOthers(() -> joinCommand.joinWithOthers(caller, competition, request))
                .run(tx -> joinCommand.join(tx, caller, competition, request)));
    }

    /**
     * Withdraws the caller from a competition that is not over; their place becomes free.
     *
     * @param competition the id of the competition
     * @throws Problem {@code competition-over} (409), {@code disqualified} (409), {@code profile-required} (403)
     */
    @DELETE
    @Path("/me")
    @Operation(operationId = "withdrawFromCompetition")
    @APIResponse(responseCode = "204", description = "The caller does not participate")
    public Uni<Void> withdraw(@PathParam("competitionId") UUID competition) {
        return leaveCommand.withdraw(current.required(), competition);
    }

    /**
     * Disqualifies a participant in a competition that is not over. For its creator and platform admins.
     *
     * @param competition the id of the competition
     * @param profile the profile id of the participant
     * @return the participation
     * @throws Problem {@code forbidden} (403), {@code competition-over} (409), {@code not-participating} (409), {@code
     *     disqualified} (409), {@code profile-required} (403)
     */
    @POST
    @Path("/{profileId}/disqualify")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "disqualifyParticipant")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ParticipantView.class)))
    public Uni<Response> disqualify(
            @PathParam("competitionId") UUID competition,
            @PathParam("profileId") UUID profile,
            @NotNull(message = "is required") @Valid DisqualifyRequest request) {
        Caller caller = current.required();
        return creations
                .by(caller, request)
                .asAdminIfPossible()
                .run(tx -> leaveCommand.disqualify(tx, caller, competition, profile, request.reason()));
    }
}
