package io.tradosphere.profile.directory;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.people.PersonState;
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
 * What other services of the suite ask when their copy lags. Public state only, and the gateway does not route it; hidden from the
 * published API.
 */
@Path("/internal/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
class InternalProfilesResource {

    private static final int MOST = 100;

    private final Directory directory;

    InternalProfilesResource(Directory directory) {
        this.directory = directory;
    }

    @GET
    @Operation(hidden = true)
    public Uni<List<PersonState>> states(@QueryParam("ids") String ids) {
        return directory.states(parse(ids));
    }

    private static List<UUID> parse(String ids) {
        try {
            List<UUID> people = Arrays.stream(String.valueOf(ids).split(","))
                    .map(UUID::fromString)
                    .toList();
            if (people.size() <= MOST) {
                return people;
            }
        } catch (IllegalArgumentException notIds) {
            // Refused below, like too many.
        }
        throw Problems.INVALID_REQUEST.because(
                "ids is a comma-separated list of ids.",
                List.of(new Violation("ids", "is up to " + MOST + " UUIDs, separated by commas")));
    }
}
