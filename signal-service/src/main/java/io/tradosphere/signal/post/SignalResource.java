package io.tradosphere.signal.post;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.people.SecondOpinion;
import io.tradosphere.signal.view.SignalView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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

/** Signals one by one. */
@Path("/v1/signals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Signals")
class SignalResource {

    private final Posting posting;
    private final Signals signals;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    SignalResource(
            Posting posting, Signals signals, IdempotentWrites writes, SecondOpinion opinion, CurrentCaller current) {
        this.posting = posting;
        this.signals = signals;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "postSignal", summary = "Posts a signal, whose call can never be changed; grow and above")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ShownSignal.class)))
    public Uni<Response> post(@NotNull(message = "is required") @Valid NewSignal call) {
        Caller caller = current.required();
        return opinion.on(() -> writes.write(caller, call, tx -> posting.post(tx, caller, call)), caller.id());
    }

    @GET
    @Path("/{signalId}")
    @Operation(
            operationId = "getSignal",
            summary = "Shows a signal, with the caller's own reaction when somebody is signed in")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownSignal.class)))
    public Uni<Response> find(@PathParam("signalId") UUID signal) {
        return signals.find(signal, current.optional())
                .map(found -> Response.ok(found.shown())
                        .header("ETag", Etags.of(found.version()))
                        .build());
    }

    @PATCH
    @Path("/{signalId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "editSignal",
            summary = "Edits what surrounds the call of an active signal by a JSON merge patch; for its creator")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SignalView.class)))
    public Uni<Response> edit(
            @PathParam("signalId") UUID signal,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EditableSignal.class))) JsonNode patch) {
        return signals.edit(current.required(), signal, ifMatch, patch)
                .map(state -> Response.ok(state.signal())
                        .header("ETag", Etags.of(state.version()))
                        .build());
    }

    @DELETE
    @Path("/{signalId}")
    @Operation(
            operationId = "deleteSignal",
            summary = "Takes a signal back in its first 60 seconds, or while nobody has seen or answered it")
    @APIResponse(responseCode = "204", description = "The signal is no more")
    public Uni<Void> delete(@PathParam("signalId") UUID signal) {
        return signals.delete(current.required(), signal);
    }
}
