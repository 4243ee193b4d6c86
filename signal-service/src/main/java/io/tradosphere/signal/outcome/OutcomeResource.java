package io.tradosphere.signal.outcome;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.signal.view.SignalView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource that resolves a signal. */
@Path("/v1/signals/{signalId}/resolve")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Signals")
class OutcomeResource {

    private final Outcomes outcomes;
    private final Creations creations;
    private final CurrentCaller current;

    OutcomeResource(Outcomes outcomes, Creations creations, CurrentCaller current) {
        this.outcomes = outcomes;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Resolves a signal, which is final. For its creator, unless market prices resolve it.
     *
     * @param signal the id of the signal
     * @return the resolved signal
     * @throws Problem {@code forbidden} (403), {@code already-resolved} (409), {@code market-resolves} (409), {@code
     *     outcome-not-reached} (409), {@code profile-required} (403)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "resolveSignal")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SignalView.class)))
    public Uni<Response> resolve(
            @PathParam("signalId") UUID signal, @NotNull(message = "is required") @Valid Resolution resolution) {
        Caller caller = current.required();
        return creations
                .by(caller, resolution)
                .explaining(Outcomes.CONSTRAINTS)
                .run(tx -> outcomes.resolve(tx, caller, signal, resolution));
    }
}
