package io.tradosphere.streaming.recording;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.LeasedWrites;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of recordings. */
@Path("/v1/streams/{streamId}/recording")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Streams")
class RecordingResource {

    private final Recordings recordings;
    private final LeasedWrites writes;
    private final CurrentCaller current;

    RecordingResource(Recordings recordings, LeasedWrites writes, CurrentCaller current) {
        this.recordings = recordings;
        this.writes = writes;
        this.current = current;
    }

    /**
     * Starts the recording of a live stream by Agora. For its creator.
     *
     * @param stream the id of the stream
     * @return the recording
     * @throws Problem {@code forbidden} (403), {@code stream-ended} (409), {@code already-recording} (409), {@code
     *     agora-refused} (409), {@code agora-away} (503)
     */
    @POST
    @Operation(operationId = "startRecording")
    @APIResponse(
            responseCode = "201",
            description = "The recording has begun",
            content = @Content(schema = @Schema(implementation = RecordingView.class)))
    public Uni<Response> start(@PathParam("streamId") UUID stream) {
        Caller caller = current.required();
        return writes.write(caller, Map.of(), operation -> recordings.start(caller, stream));
    }

    /**
     * Stops the recording of a stream. For its creator. Agora is told within seconds. The end of a stream stops its recording
     * too.
     *
     * @param stream the id of the stream
     * @throws Problem {@code forbidden} (403), {@code conflict} (409)
     */
    @DELETE
    @Operation(operationId = "stopRecording")
    @APIResponse(responseCode = "204", description = "The stream is not recorded, or soon not any more")
    public Uni<Void> stop(@PathParam("streamId") UUID stream) {
        return recordings.stop(current.required(), stream);
    }
}
