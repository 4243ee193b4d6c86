package io.tradosphere.profile.directory;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.openapi.KnowsCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource that reads profiles. */
@Path("/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Profiles")
class DirectoryResource {

    private final Directory directory;
    private final CurrentCaller caller;

    DirectoryResource(Directory directory, CurrentCaller caller) {
        this.directory = directory;
        this.caller = caller;
    }

    /**
     * Lists profiles, in the order that {@code sort} names.
     *
     * @param tier only profiles of this tier; all when absent
     * @param prefix only profiles whose username or display name begins with it, in any case, at most 80 characters;
     *     all when absent
     * @param sort most followers first, newest first, or most recently active first; {@code newest} when absent
     * @return a page of the list
     */
    @GET
    @Operation(operationId = "listProfiles")
    public Uni<Page<ProfileView>> list(
            @Schema(implementation = Tier.class) @QueryParam("tier") String tier,
            @Schema(maxLength = 80) @QueryParam("q") String prefix,
            @Schema(
                            enumeration = {"followers", "newest", "active"},
                            defaultValue = "newest")
                    @QueryParam("sort")
                    String sort,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return directory.list(ProfileFilter.of(tier, prefix, sort), PageRequest.of(limit, cursor));
    }

    /**
     * Shows the caller's own profile, settings included.
     *
     * @return the profile
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/me")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getOwnProfile")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Uni<Response> own() {
        return directory.own(caller.required()).map(DirectoryResource::response);
    }

    /**
     * Shows a profile, by its id or by its username in any case. Settings are shown to the owner alone.
     *
     * @param idOrUsername the id of the profile, a UUID, or its username
     * @return the profile
     * @throws Problem {@code unknown-profile} (404)
     */
    @GET
    @Path("/{idOrUsername}")
    @KnowsCaller
    @Operation(operationId = "getProfile")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Uni<Response> find(@PathParam("idOrUsername") String idOrUsername) {
        return directory.find(idOrUsername, caller.optional()).map(DirectoryResource::response);
    }

    private static Response response(ProfileVersion shown) {
        return Response.ok(shown.profile()).header("ETag", shown.etag()).build();
    }
}
