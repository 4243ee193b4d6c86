package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.people.SecondOpinion;
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

/** Comments on signals. */
@Path("/v1/signals/{signalId}/comments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Engagement")
class CommentResource {

    private final Comments comments;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    CommentResource(Comments comments, IdempotentWrites writes, SecondOpinion opinion, CurrentCaller current) {
        this.comments = comments;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "commentOnSignal", summary = "Comments on a signal")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CommentView.class)))
    public Uni<Response> add(
            @PathParam("signalId") UUID signal, @NotNull(message = "is required") @Valid NewComment comment) {
        Caller caller = current.required();
        return opinion.on(
                () -> writes.write(caller, comment, tx -> comments.add(tx, caller, signal, comment))
                        .onFailure()
                        .transform(Answering::explain),
                caller.id());
    }

    @GET
    @Operation(
            operationId = "listComments",
            summary = "Lists the comments on a signal with their authors, newest first")
    public Uni<Page<CommentView>> list(
            @PathParam("signalId") UUID signal,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return comments.list(signal, PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/{commentId}")
    @Operation(operationId = "getComment", summary = "Shows a comment with its author")
    public Uni<CommentView> find(@PathParam("signalId") UUID signal, @PathParam("commentId") UUID comment) {
        return comments.find(signal, comment);
    }

    @DELETE
    @Path("/{commentId}")
    @Operation(
            operationId = "removeComment",
            summary = "Removes a comment; for its author and for who posted the signal")
    @APIResponse(responseCode = "204", description = "The comment is no more")
    public Uni<Void> remove(@PathParam("signalId") UUID signal, @PathParam("commentId") UUID comment) {
        return comments.remove(current.required(), signal, comment);
    }
}
