package io.tradosphere.signal.feed;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the caller's feed. */
@Path("/v1/feed")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feed", description = "The signals of whom the caller follows.")
class FeedResource {

    private final Feed feed;
    private final CurrentCaller current;

    FeedResource(Feed feed, CurrentCaller current) {
        this.feed = feed;
        this.current = current;
    }

    /**
     * Lists the signals of whom the caller follows, newest first, with the signals for subscribers to which the caller has access.
     *
     * @param status only signals with this status; all when absent
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Operation(operationId = "getFeed")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<SignalView>> read(
            @Schema(enumeration = {"active", "hit", "miss", "cancelled"}) @QueryParam("status") String status,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return feed.read(current.required(), SignalStatus.filter(status), PageRequest.of(limit, cursor));
    }
}
