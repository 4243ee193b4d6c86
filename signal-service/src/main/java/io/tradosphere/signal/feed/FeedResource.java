package io.tradosphere.signal.feed;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.signal.view.SignalStatus;
import io.tradosphere.signal.view.SignalView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's feed. */
@Path("/v1/feed")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feed")
class FeedResource {

    private final Feed feed;
    private final CurrentCaller current;

    FeedResource(Feed feed, CurrentCaller current) {
        this.feed = feed;
        this.current = current;
    }

    @GET
    @Operation(operationId = "getFeed", summary = "Lists the signals of whom the caller follows, newest first")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<SignalView>> read(
            @QueryParam("status") String status,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return feed.read(current.required(), SignalStatus.filter(status), PageRequest.of(limit, cursor));
    }
}
