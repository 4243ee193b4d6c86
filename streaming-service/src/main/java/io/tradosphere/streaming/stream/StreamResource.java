package io.tradosphere.streaming.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.streaming.agora.Tokens;
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

/** The HTTP resource of streams. */
@Path("/v1/streams")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Streams", description = "Live streams, who watches them, and their recordings.")
class StreamResource {

    private final Streams streams;
    private final StreamDirectory directory;
    private final Creations creations;
    private final Tokens tokens;
    private final CurrentCaller current;
    private final ObjectMapper json;

    StreamResource(
            Streams streams,
            StreamDirectory directory,
            Creations creations,
            Tokens tokens,
            CurrentCaller current,
            ObjectMapper json) {
        this.streams = streams;
        this.directory = directory;
        this.creations = creations;
        this.tokens = tokens;
        this.current = current;
        this.json = json;
    }

    /**
     * Starts a stream, with what its creator joins the channel with. For the tiers elite and above; a creator has one live
     * stream. A heartbeat of its creator every 30 seconds keeps it alive.
     *
     * @return the stream
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code already-live} (409), {@code
     *     limit-reached} (409), {@code agora-away} (503)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "startStream")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = StartedStream.class)))
    public Uni<Response> start(@NotNull(message = "is required") @Valid NewStream stream) {
        Caller caller = current.required();
        tokens.requireCertificate();
        return creations
                .by(caller, stream)
                .withFreshProfiles()
                .explaining(Streams.CONSTRAINTS)
                .run(tx -> streams.start(tx, caller, stream))
                .chain(this::withToken);
    }

    /**
     * Lists streams, newest first.
     *
     * @param status only streams with this status; all when absent
     * @param category only streams of this kind; all when absent
     * @param creator only streams of this profile; all when absent
     * @return a page of the list
     */
    @GET
    @Operation(operationId = "listStreams")
    public Uni<Page<StreamView>> list(
            @Schema(enumeration = {"live", "ended", "error"}) @QueryParam("status") String status,
            @Schema(enumeration = {"ts_journal", "competition", "analysis"}) @QueryParam("category") String category,
            @Schema(implementation = UUID.class) @QueryParam("creatorId") String creator,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return directory.list(StreamFilter.of(status, category, creator), PageRequest.of(limit, cursor));
    }

    /**
     * Returns a stream.
     *
     * @param stream the id of the stream
     * @return the stream
     */
    @GET
    @Path("/{streamId}")
    @Operation(operationId = "getStream")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StreamView.class)))
    public Uni<Response> find(@PathParam("streamId") UUID stream) {
        return directory.find(stream).map(StreamResource::response);
    }

    /**
     * Edits a live stream by a JSON merge patch. For its creator.
     *
     * @param stream the id of the stream
     * @return the edited stream
     * @throws Problem {@code forbidden} (403), {@code stream-ended} (409)
     */
    @PATCH
    @Path("/{streamId}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editStream")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StreamView.class)))
    public Uni<Response> edit(
            @PathParam("streamId") UUID stream,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EditableStream.class))) JsonNode patch) {
        return streams.edit(current.required(), stream, ifMatch, patch).map(StreamResource::response);
    }

    /**
     * Ends a live stream. For its creator. A recording of it is stopped.
     *
     * @param stream the id of the stream
     * @return the ended stream
     * @throws Problem {@code forbidden} (403), {@code stream-ended} (409)
     */
    @POST
    @Path("/{streamId}/end")
    @Operation(operationId = "endStream")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StreamView.class)))
    public Uni<Response> end(@PathParam("streamId") UUID stream) {
        Caller caller = current.required();
        return creations.by(caller, Map.of()).run(tx -> streams.end(tx, caller, stream));
    }

    /** The response that is stored and replayed has no token: each time a new one is added. */
    private Uni<Response> withToken(Response stored) {
        StreamView stream = stream(stored);
        return directory
                .find(stream.id())
                .map(state -> Response.fromResponse(stored)
                        .entity(StartedStream.of(stream, tokens.publisher(state.channel())))
                        .build());
    }

    private StreamView stream(Response stored) {
        try {
            return json.readValue((String) stored.getEntity(), StreamView.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("The stored response is not a stream", unreadable);
        }
    }

    private static Response response(StreamState shown) {
        return Response.ok(shown.stream()).header("ETag", shown.etag()).build();
    }
}
