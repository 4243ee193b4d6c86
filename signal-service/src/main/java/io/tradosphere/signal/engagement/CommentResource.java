package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.openapi.KnowsCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of comments on signals. */
@Path("/v1/signals/{signalId}/comments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Engagement", description = "Reactions to signals, comments on them, and views.")
class CommentResource {

    private final Comments comments;
    private final Creations creations;
    private final CurrentCaller current;

    CommentResource(Comments comments, Creations creations, CurrentCaller current) {
        this.comments = comments;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Comments on a signal.
     *
     * @param signal the id of the signal
     * @return the comment
     * @throws Problem {@code profile-required} (403), {@code blocked} (403), {@code limit-reached} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "commentOnSignal")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CommentView.class)))
    public Uni<Response> add(
            @PathParam("signalId") UUID signal, @NotNull(message = "is required") @Valid NewComment comment) {
        Caller caller = current.required();
        return creations
                .by(caller, comment)
                .withFreshProfiles()
                .explaining(EngagementPermission.CONSTRAINTS)
                .run(tx -> comments.add(tx, caller, signal, comment));
    }

    /**
     * Lists the comments on a signal with their authors, newest first.
     *
     * @param signal the id of the signal
     * @return a page of the list
     */
    @GET
    @KnowsCaller
    @Operation(operationId = "listComments")
    public Uni<Page<CommentView>> list(
            @PathParam("signalId") UUID signal,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return comments.list(current.optional(), signal, PageRequest.of(limit, cursor));
    }

    /**
     * Shows a comment with its author.
     *
     * @param signal the id of the signal
     * @param comment the id of the comment
     * @return the comment
     */
    @GET
    @Path("/{commentId}")
    @KnowsCaller
    @Operation(operationId = "getComment")
    public Uni<CommentView> find(@PathParam("signalId") UUID signal, @PathParam("commentId") UUID comment) {
        return comments.find(current.optional(), signal, comment);
    }

    /**
     * Removes a comment. For its author and the signal's creator.
     *
     * @param signal the id of the signal
     * @param comment the id of the comment
     * @throws Problem {@code forbidden} (403), {@code profile-required} (403)
     */
    @DELETE
    @Path("/{commentId}")
    @Operation(operationId = "removeComment")
    @APIResponse(responseCode = "204", description = "The comment is removed")
    public Uni<Void> remove(@PathParam("signalId") UUID signal, @PathParam("commentId") UUID comment) {
        return comments.remove(current.required(), signal, comment);
    }
}
