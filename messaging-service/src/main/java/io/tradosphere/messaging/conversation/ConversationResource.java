package io.tradosphere.messaging.conversation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.messaging.message.MessageView;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of conversations. */
@Path("/v1/conversations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages")
class ConversationResource {

    private static final ReadMark ALL = new ReadMark(null);

    private final Conversations conversations;
    private final CurrentCaller current;

    ConversationResource(Conversations conversations, CurrentCaller current) {
        this.conversations = conversations;
        this.current = current;
    }

    /**
     * Lists the caller's conversations with last message and unread count, newest first.
     *
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Operation(operationId = "listConversations")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<ConversationView>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return conversations.list(current.required(), PageRequest.of(limit, cursor));
    }

    /**
     * Lists the messages with a person, newest first.
     *
     * @param peer the id of the person or of the conversation
     * @return a page of the list
     * @throws Problem {@code unknown-profile} (404), {@code profile-required} (403)
     */
    @GET
    @Path("/{peerId}/messages")
    @Operation(operationId = "listMessages")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<MessageView>> messages(
            @PathParam("peerId") UUID peer, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return conversations.messages(current.required(), peer, PageRequest.of(limit, cursor));
    }

    /**
     * Marks the messages of a person as read, up to one of them or all. The sender sees {@code readAt}.
     *
     * @param peer the id of the person or of the conversation
     * @throws Problem {@code not-found} (404), {@code profile-required} (403)
     */
    @POST
    @Path("/{peerId}/read")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "readConversation")
    @APIResponse(responseCode = "204", description = "The messages are read")
    public Uni<Void> read(@PathParam("peerId") UUID peer, ReadMark mark) {
        return conversations.read(current.required(), peer, mark == null ? ALL : mark);
    }
}
