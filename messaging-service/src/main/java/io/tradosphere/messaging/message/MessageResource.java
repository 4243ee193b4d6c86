package io.tradosphere.messaging.message;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of messages. */
@Path("/v1/messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages", description = "Messages between two persons, and their conversations.")
class MessageResource {

    private final Messages messages;
    private final Creations creations;
    private final CurrentCaller current;

    MessageResource(Messages messages, Creations creations, CurrentCaller current) {
        this.messages = messages;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Sends a message to a profile.
     *
     * @return the message
     * @throws Problem {@code self-message} (400), {@code profile-required} (403), {@code unknown-profile} (404), {@code
     *     blocked} (403), {@code messages-not-accepted} (403), {@code too-many-messages} (429)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "sendMessage")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Uni<Response> send(@NotNull(message = "is required") @Valid NewMessage message) {
        Caller caller = current.required();
        return creations
                .by(caller, message)
                .withFreshProfiles(message.recipientId())
                .run(tx -> messages.send(tx, caller, message));
    }

    /**
     * Shows a message that the caller wrote or received.
     *
     * @param message the id of the message
     * @return the message
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/{messageId}")
    @Operation(operationId = "getMessage")
    @SecurityRequirement(name = "bearer")
    public Uni<MessageView> find(@PathParam("messageId") UUID message) {
        return messages.find(current.required(), message);
    }

    /**
     * Deletes a message for both parties. For its sender.
     *
     * @param message the id of the message
     * @throws Problem {@code forbidden} (403), {@code profile-required} (403)
     */
    @DELETE
    @Path("/{messageId}")
    @Operation(operationId = "deleteMessage")
    @APIResponse(responseCode = "204", description = "The message is deleted")
    public Uni<Void> delete(@PathParam("messageId") UUID message) {
        return messages.delete(current.required(), message);
    }
}
