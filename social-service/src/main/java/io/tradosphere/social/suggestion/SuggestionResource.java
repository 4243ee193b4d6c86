package io.tradosphere.social.suggestion;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
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

/** The HTTP resource of follow suggestions. */
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

    /**
     * Suggests profiles followed by the profiles that the caller follows, most shared first.
     *
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Operation(operationId = "listFollowSuggestions")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<Suggestion>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return suggestions.list(current.required(), PageRequest.of(limit, cursor));
    }
}
