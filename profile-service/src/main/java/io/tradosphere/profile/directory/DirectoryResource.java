package io.tradosphere.profile.directory;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
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

/** Reading profiles. */
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

    @GET
    @Operation(operationId = "listProfiles", summary = "Lists profiles")
    public Uni<Page<ProfileView>> list(
            @QueryParam("tier") String tier,
            @QueryParam("q") String prefix,
            @QueryParam("sort") String sort,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return directory.list(ProfileFilter.of(tier, prefix, sort), PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/me")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "getOwnProfile", summary = "Shows the caller's own profile, settings included")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Uni<Response> own() {
        return directory.own(caller.required()).map(DirectoryResource::response);
    }

    @GET
    @Path("/{idOrUsername}")
    @Operation(operationId = "getProfile", summary = "Shows a profile, by its id or by its username in any case")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Uni<Response> find(@PathParam("idOrUsername") String idOrUsername) {
        return directory.find(idOrUsername, caller.optional()).map(DirectoryResource::response);
    }

    private static Response response(ProfileVersion shown) {
        return Response.ok(shown.profile())
                .header("ETag", Etags.of(shown.version()))
                .build();
    }
}
