package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Problems;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Views of signals. */
@Path("/v1/signals/{signalId}/views")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Engagement")
class ViewResource {

    private final ViewBuffer views;

    ViewResource(ViewBuffer views) {
        this.views = views;
    }

    /** Answered from memory: whether there is such a signal shows when the view is stored. */
    @POST
    @SecurityRequirements
    @Operation(
            operationId = "viewSignal",
            summary =
                    "Counts a view of a signal, within a second or two; needs no token, and of an unknown signal nothing comes")
    @APIResponse(responseCode = "204", description = "The view is counted")
    public Uni<Void> view(@PathParam("signalId") UUID signal) {
        return views.add(signal, Instant.now())
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(() -> Problems.BUSY.because("The view was not counted; try again shortly."));
    }
}
