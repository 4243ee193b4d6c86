package io.tradosphere.signal.post;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.openapi.KnowsCaller;
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

/** The HTTP resource of single signals. */
@Path("/v1/signals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Signals", description = "Calls of traders, and what became of them.")
class SignalResource {

    private final Posting posting;
    private final Signals signals;
    private final Creations creations;
    private final CurrentCaller current;

    SignalResource(Posting posting, Signals signals, Creations creations, CurrentCaller current) {
        this.posting = posting;
        this.signals = signals;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Posts a signal, whose asset, direction and prices never change. For the tier grow and above.
     *
     * @return the signal
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code already-crossed} (409), {@code
     *     limit-reached} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "postSignal")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ShownSignal.class)))
    public Uni<Response> post(@NotNull(message = "is required") @Valid NewSignal signal) {
        Caller caller = current.required();
        return creations.by(caller, signal).withFreshProfiles().run(tx -> posting.post(tx, caller, signal));
    }

    /**
     * Shows a signal, with the caller's own reaction when signed in.
     *
     * @param signal the id of the signal
     * @return the signal
     */
    @GET
    @Path("/{signalId}")
    @KnowsCaller
    @Operation(operationId = "getSignal")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownSignal.class)))
    public Uni<Response> find(@PathParam("signalId") UUID signal) {
        return signals.find(signal, current.optional())
                .map(found -> Response.ok(found.shown())
                        .header("ETag", Etags.of(found.version(), found.shown()))
                        .build());
    }

    /**
     * Edits an active signal by a JSON merge patch, except its asset, direction and prices. For its creator.
     *
     * @param signal the id of the signal
     * @return the edited signal
     * @throws Problem {@code forbidden} (403), {@code already-resolved} (409), {@code profile-required} (403)
     */
    @PATCH
    @Path("/{signalId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editSignal")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SignalView.class)))
    public Uni<Response> edit(
            @PathParam("signalId") UUID signal,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EditableSignal.class))) JsonNode patch) {
        return signals.edit(current.required(), signal, ifMatch, patch)
                .map(state -> Response.ok(state.signal())
                        .header("ETag", Etags.of(state.version(), ShownSignal.justPosted(state.signal())))
                        .build());
    }

    /**
     * Deletes an active signal in its first 60 seconds. For its creator.
     *
     * @param signal the id of the signal
     * @throws Problem {@code forbidden} (403), {@code already-resolved} (409), {@code no-longer-deletable} (409),
     *     {@code profile-required} (403)
     */
    @DELETE
    @Path("/{signalId}")
    @Operation(operationId = "deleteSignal")
    @APIResponse(responseCode = "204", description = "The signal is deleted")
    public Uni<Void> delete(@PathParam("signalId") UUID signal, @HeaderParam("If-Match") String ifMatch) {
        return signals.delete(current.required(), signal, ifMatch);
    }
}
