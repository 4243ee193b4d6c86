package io.tradosphere.profile.directory;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.profiles.ProfileVersionedState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The internal HTTP resource that other services call when their profile replica lags. It returns public state only.
 * The gateway does not route it, and the published API hides it.
 */
@Path("/internal/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
class InternalProfilesResource {

    private static final int MAX_IDS = 100;

    private final Directory directory;

    InternalProfilesResource(Directory directory) {
        this.directory = directory;
    }

    @GET
    @Operation(hidden = true)
    public Uni<List<ProfileVersionedState>> states(@QueryParam("ids") String ids) {
        return directory.states(parse(ids));
    }

    private static List<UUID> parse(String ids) {
        try {
            List<UUID> profiles = Arrays.stream(String.valueOf(ids).split(","))
                    .map(UUID::fromString)
                    .toList();
            if (profiles.size() <= MAX_IDS) {
                return profiles;
            }
        } catch (IllegalArgumentException notIds) {
            // Rejected below, as are too many ids.
        }
        throw ProblemKind.INVALID_REQUEST.because(
                "ids is a comma-separated list of ids.",
                List.of(new Violation("ids", "is up to " + MAX_IDS + " UUIDs, separated by commas")));
    }
}
