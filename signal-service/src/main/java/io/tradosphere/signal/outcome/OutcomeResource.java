package io.tradosphere.signal.outcome;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.IdempotentWrites;
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

/** What becomes of a signal. */
@Path("/v1/signals/{signalId}/resolve")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Signals")
class OutcomeResource {

    private final Outcomes outcomes;
    private final IdempotentWrites writes;
    private final CurrentCaller current;

    OutcomeResource(Outcomes outcomes, IdempotentWrites writes, CurrentCaller current) {
        this.outcomes = outcomes;
        this.writes = writes;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "resolveSignal",
            summary = "Decides a signal once and for good; for its creator, where the market does not")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SignalView.class)))
    public Uni<Response> resolve(
            @PathParam("signalId") UUID signal, @NotNull(message = "is required") @Valid Resolution resolution) {
        Caller caller = current.required();
        return writes.write(caller, resolution, tx -> outcomes.resolve(tx, caller, signal, resolution))
                .onFailure()
                .transform(Outcomes::explain);
    }
}
