package io.tradosphere.profile.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
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

/** The HTTP resource of the caller's own profile. */
@Path("/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Profiles", description = "Persons: what they say of themselves, their tier and their counters.")
class AccountResource {

    private final Accounts accounts;
    private final Exports exports;
    private final Creations creations;
    private final CurrentCaller current;

    AccountResource(Accounts accounts, Exports exports, Creations creations, CurrentCaller current) {
        this.accounts = accounts;
        this.exports = exports;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Creates the caller's profile. A person has one at most.
     *
     * @return the profile
     * @throws Problem {@code profile-exists} (409), {@code username-taken} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createProfile")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewProfile profile) {
        Caller caller = current.required();
        return creations
                .by(caller, profile)
                .explaining(Accounts.CONSTRAINTS)
                .run(tx -> accounts.create(tx, caller, profile));
    }

    /**
     * Edits the caller's own profile by a JSON merge patch. Stealth mode is for the tier gladiator and above.
     *
     * @return the edited profile
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403)
     */
    @PATCH
    @Path("/me")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "editOwnProfile")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileView.class)))
    public Uni<Response> edit(
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EditableProfile.class))) JsonNode patch) {
        return accounts.edit(current.required(), ifMatch, patch)
                .map(edited -> Response.ok(edited.profile())
                        .header("ETag", edited.etag())
                        .build());
    }

    /**
     * Erases the caller: here immediately, in the other services by event. A repeated call changes nothing.
     *
     * @throws Problem {@code profile-required} (403)
     */
    @DELETE
    @Path("/me")
    @Operation(operationId = "eraseOwnProfile")
    @APIResponse(responseCode = "202", description = "The erasure has started in every service")
    public Uni<Response> delete(@HeaderParam("If-Match") String ifMatch) {
        return accounts.delete(current.required(), ifMatch)
                .replaceWith(() -> Response.accepted().build());
    }

    /**
     * Exports all data that profile-service holds about the caller.
     *
     * @return the data
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/me/export")
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "exportOwnProfile")
    public Uni<Export> export() {
        return exports.of(current.required());
    }
}
