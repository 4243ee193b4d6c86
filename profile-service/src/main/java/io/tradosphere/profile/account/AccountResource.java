package io.tradosphere.profile.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.profile.directory.ProfileView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One's own profile. */
@Path("/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Profiles")
class AccountResource {

    private final Accounts accounts;
    private final Exports exports;
    private final IdempotentWrites writes;
    private final CurrentCaller current;

    AccountResource(Accounts accounts, Exports exports, IdempotentWrites writes, CurrentCaller current) {
        this.accounts = accounts;
        this.exports = exports;
        this.writes = writes;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createProfile", summary = "Makes the caller's profile")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewProfile profile) {
        Caller caller = current.required();
        return writes.write(caller, profile, tx -> accounts.create(tx, caller, profile))
                .onFailure()
                .transform(Accounts::explain);
    }

    @PATCH
    @Path("/me")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editOwnProfile", summary = "Edits the caller's own profile by a JSON merge patch")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Uni<Response> edit(
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EditableProfile.class))) JsonNode patch) {
        return accounts.edit(current.required(), ifMatch, patch)
                .map(edited -> Response.ok(edited.profile())
                        .header("ETag", Etags.of(edited.version()))
                        .build());
    }

    @DELETE
    @Path("/me")
    @Operation(
            operationId = "eraseOwnProfile",
            summary = "Erases the caller, here at once and everywhere else by event")
    @APIResponse(responseCode = "202", description = "The erasure is on its way to every service")
    public Uni<Response> delete() {
        return accounts.delete(current.required())
                .replaceWith(() -> Response.accepted().build());
    }

    @GET
    @Path("/me/export")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "exportOwnProfile", summary = "Everything this service holds of the caller")
    public Uni<Export> export() {
        return exports.of(current.required());
    }
}
