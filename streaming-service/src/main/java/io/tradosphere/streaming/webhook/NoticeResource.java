package io.tradosphere.streaming.webhook;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource that Agora sends its notices to. */
@Path("/v1/webhooks/agora")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks", description = "What providers send.")
class NoticeResource {

    private final Notices notices;

    NoticeResource(Notices notices) {
        this.notices = notices;
    }

    /**
     * Receives a notice of Agora's about a channel, signed with the secret of the notifications. Each notice counts once.
     *
     * @param signature the HMAC-SHA256 of the exact bytes of the body, in hexadecimal
     * @return the id of the notice
     * @throws Problem {@code bad-notice-signature} (401)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @SecurityRequirements
    @Operation(operationId = "receiveAgoraNotice")
    @APIResponse(
            responseCode = "200",
            description = "The notice is applied",
            content = @Content(schema = @Schema(implementation = NoticeReceived.class)))
    public Uni<NoticeReceived> receive(
            @HeaderParam("Agora-Signature-V2") String signature,
            @RequestBody(content = @Content(schema = @Schema(implementation = Object.class))) byte[] body) {
        return notices.receive(body, signature);
    }
}
