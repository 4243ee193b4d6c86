package io.tradosphere.messaging.notification;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of preferences. */
@Path("/v1/notifications/preferences")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications", description = "What the caller is told of, and who may write to the caller.")
class PreferenceResource {

    private final PreferenceStore preferences;
    private final CurrentCaller current;

    PreferenceResource(PreferenceStore preferences, CurrentCaller current) {
        this.preferences = preferences;
        this.current = current;
    }

    /**
     * Shows who may write to the caller, and which types of notifications are on.
     *
     * @return the preferences
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Operation(operationId = "getNotificationPreferences")
    @SecurityRequirement(name = "bearer")
    public Uni<Preferences> find() {
        return preferences.find(current.required());
    }

    /**
     * Replaces the caller's preferences. What is left out has its default: everyone, and on.
     *
     * @return the new preferences
     * @throws Problem {@code profile-required} (403)
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putNotificationPreferences")
    public Uni<Preferences> replace(@NotNull(message = "is required") @Valid Preferences wanted) {
        return preferences.replace(current.required(), wanted);
    }
}
