package io.tradosphere.social.suggestion;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whom to follow next. */
@Path("/v1/follows/suggestions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Follows")
class SuggestionResource {

    private final Suggestions suggestions;
    private final CurrentCaller current;

    SuggestionResource(Suggestions suggestions, CurrentCaller current) {
        this.suggestions = suggestions;
        this.current = current;
    }

    @GET
    @Operation(
            operationId = "listFollowSuggestions",
            summary = "Suggests friends of friends whom the caller does not follow yet, most shared first")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<Suggestion>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return suggestions.list(current.required(), PageRequest.of(limit, cursor));
    }
}
