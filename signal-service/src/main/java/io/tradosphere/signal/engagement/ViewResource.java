package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.openapi.KnowsCaller;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of views of signals. */
@Path("/v1/signals/{signalId}/views")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Engagement")
class ViewResource {

    private final ViewBuffer views;
    private final CurrentCaller caller;

    ViewResource(ViewBuffer views, CurrentCaller caller) {
        this.views = views;
        this.caller = caller;
    }

    /**
     * Counts a view of a signal, within a second or two. A person counts once in ten minutes for each signal,
     * and so does an address without a token. An unknown signal is ignored.
     *
     * @param signal the id of the signal
     */
    @POST
    @KnowsCaller
    @SecurityRequirements
    @Operation(operationId = "viewSignal")
    @APIResponse(responseCode = "204", description = "The view is counted")
    public Uni<Void> view(
            @PathParam("signalId") UUID signal,
            @HeaderParam("X-Real-IP") @Parameter(hidden = true) String forwarded,
            @Context HttpServerRequest request) {
        Viewer viewer = caller.optional()
                .map(person -> Viewer.person(person.id()))
                .orElseGet(
                        () -> Viewer.address(forwarded, request.remoteAddress().hostAddress()));
        return views.add(signal, viewer, Instant.now())
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .failure(() -> ProblemKind.BUSY.because("The view was not counted; try again shortly."));
    }
}
