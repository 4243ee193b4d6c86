package io.tradosphere.streaming.viewer;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.streaming.viewer.PresenceBuffer.Watcher;
import io.tradosphere.streaming.watch.Admission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of viewers. */
@Path("/v1/streams/{streamId}/viewers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Streams")
class ViewerResource {

    private final Admission admission;
    private final PresenceBuffer buffer;
    private final CurrentCaller current;

    ViewerResource(Admission admission, PresenceBuffer buffer, CurrentCaller current) {
        this.admission = admission;
        this.buffer = buffer;
        this.current = current;
    }

    /**
     * Says that the caller watches a live stream. The first time they join; then it is a heartbeat, best every 30 seconds.
     * Whoever is silent for 60 seconds has left. Counts follow within a second or two. The heartbeat of the stream's creator
     * says that they broadcast, and counts as no viewer: without one for two minutes the stream ends as {@code error}.
     *
     * @param stream the id of the stream
     * @throws Problem {@code profile-required} (403), {@code blocked} (403), {@code stream-ended} (409)
     */
    @POST
    @Operation(operationId = "watchStream")
    @APIResponse(responseCode = "204", description = "The caller watches")
    public Uni<Void> watch(@PathParam("streamId") UUID stream) {
        Caller caller = current.required();
        return admission
                .admit(caller, stream)
                .invoke(() -> take(stream, caller, Presence.seen(Instant.now())))
                .replaceWithVoid();
    }

    /**
     * Says that the caller watches a stream no more. Whoever does not watch it leaves nothing.
     *
     * @param stream the id of the stream
     */
    @DELETE
    @Operation(operationId = "leaveStream")
    @APIResponse(responseCode = "204", description = "The caller does not watch")
    public Uni<Void> leave(@PathParam("streamId") UUID stream) {
        Caller caller = current.required();
        take(stream, caller, Presence.left(Instant.now()));
        return Uni.createFrom().voidItem();
    }

    private void take(UUID stream, Caller caller, Presence presence) {
        if (!buffer.add(new Watcher(stream, caller.id()), presence)) {
            throw ProblemKind.BUSY.because("The viewer was not counted; try again shortly.");
        }
    }
}
