package io.tradosphere.platform.profiles;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A retry of decisions that a stale profile replica may have refused. Before a refusal stands, the replica is refreshed from
 * profile-service and the decision runs again.
 */
@ApplicationScoped
public class ProfileFreshness {

    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final Set<ProblemKind> MAY_BE_STALE =
            Set.of(ProblemKind.PROFILE_REQUIRED, ProblemKind.UNKNOWN_PROFILE, ProblemKind.TIER_TOO_LOW);

    private final ProfileClient client;

    ProfileFreshness(ProfileClient client) {
        this.client = client;
    }

    /**
     * Runs a decision, and runs it again after a refresh when a stale replica may have caused its refusal.
     *
     * @param decision runs once or twice, each time from its beginning
     * @param profileIds the profiles that the decision depends on
     * @throws Problem {@code profiles-away} (503) when profile-service is unreachable, or the second run's problem
     */
    public <T> Uni<T> ensure(Supplier<Uni<T>> decision, UUID... profileIds) {
        return Uni.createFrom()
                .deferred(() -> decision.get())
                .onFailure(ProfileFreshness::mayBeStale)
                .recoverWithUni(() -> client.refresh(profileIds).chain(() -> decision.get()));
    }

    private static boolean mayBeStale(Throwable failure) {
        if (failure instanceof Problem problem) {
            return MAY_BE_STALE.contains(problem.kind());
        }
        // A profile was erased between the read of the replica and the insert that refers to it.
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }
}
