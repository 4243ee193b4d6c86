package io.tradosphere.platform.creation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Idempotent writes of POST requests, with what surrounds them always in the same order. A violated constraint becomes its problem
 * first. Then a refusal that a stale profile replica may have caused is checked once more.
 */
@ApplicationScoped
public class Creations {

    private final IdempotentWrites writes;
    private final ProfileFreshness freshness;

    Creations(IdempotentWrites writes, ProfileFreshness freshness) {
        this.writes = writes;
        this.freshness = freshness;
    }

    /**
     * Begins the description of a write.
     *
     * @param request the request's content; its hash detects the reuse of a key for another request
     */
    public Creation by(Caller caller, Object request) {
        return new Creation(caller, request, false, null, ConstraintProblems.of(Map.of()));
    }

    /** The description of a write; {@link #run} runs it. */
    public final class Creation {

        private final Caller caller;
        private final Object request;
        private final boolean asAdmin;
        /** The profiles to refresh; null for none. */
        private final UUID[] rechecked;

        private final ConstraintProblems problems;

        private Creation(
                Caller caller, Object request, boolean asAdmin, UUID[] rechecked, ConstraintProblems problems) {
            this.caller = caller;
            this.request = request;
            this.asAdmin = asAdmin;
            this.rechecked = rechecked;
            this.problems = problems;
        }

        /** With a platform admin's rights, if the caller is one. */
        public Creation asAdminIfPossible() {
            return new Creation(caller, request, caller.platformAdmin(), rechecked, problems);
        }

        /**
         * A refusal because of the caller's profile, or one of these, is checked once more with the profiles' current states.
         *
         * @param others the other profiles that the write depends on
         */
        public Creation withFreshProfiles(UUID... others) {
            UUID[] all =
                    Stream.concat(Stream.of(caller.id()), Arrays.stream(others)).toArray(UUID[]::new);
            return new Creation(caller, request, asAdmin, all, problems);
        }

        /** A violation of one of these constraints is returned as its problem. */
        public Creation explaining(ConstraintProblems explanations) {
            return new Creation(caller, request, asAdmin, rechecked, explanations);
        }

        /**
         * Runs the write in a transaction, or replays the response of the first request with the same {@code Idempotency-Key}.
         *
         * @throws Problem {@code idempotency-key-reused} (422), {@code idempotency-in-progress} (409), {@code profiles-away} (503)
         */
        public Uni<Response> run(Function<Tx, Uni<Answer>> work) {
            Supplier<Uni<Response>> write =
                    () -> (asAdmin ? writes.writeAsAdmin(caller, request, work) : writes.write(caller, request, work))
                            .onFailure()
                            .transform(problems::explain);
            return rechecked == null ? write.get() : freshness.ensure(write, rechecked);
        }
    }
}
