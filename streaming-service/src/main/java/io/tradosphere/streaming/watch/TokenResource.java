package io.tradosphere.streaming.watch;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.streaming.agora.ChannelToken;
import io.tradosphere.streaming.agora.Tokens;
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

/** The HTTP resource of tokens for channels. */
@Path("/v1/streams/{streamId}/token")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Streams")
class TokenResource {

    private final Admission admission;
    private final Tokens tokens;
    private final CurrentCaller current;

    TokenResource(Admission admission, Tokens tokens, CurrentCaller current) {
        this.admission = admission;
        this.tokens = tokens;
        this.current = current;
    }

    /**
     * Gives the caller a token for the channel of a live stream: a publisher's to its creator, a subscriber's to everybody
     * else. A client asks again before the token expires. No token is stored.
     *
     * @param stream the id of the stream
     * @return what the caller joins the channel with
     * @throws Problem {@code profile-required} (403), {@code blocked} (403), {@code stream-ended} (409), {@code agora-away}
     *     (503)
     */
    @POST
    @Operation(operationId = "getStreamToken")
    @APIResponse(
            responseCode = "201",
            description = "A new token",
            content = @Content(schema = @Schema(implementation = ChannelToken.class)))
    public Uni<Response> mint(@PathParam("streamId") UUID stream) {
        return admission
                .admit(current.required(), stream)
                .map(watching ->
                        watching.isCreator() ? tokens.publisher(watching.channel()) : tokens.viewer(watching.channel()))
                .map(token ->
                        Response.status(Response.Status.CREATED).entity(token).build());
    }
}
