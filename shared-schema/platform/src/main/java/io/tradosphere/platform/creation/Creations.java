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
import java.util.Optional;
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
        return new Creation(caller, request, false, null, ConstraintProblems.of(Map.of()), null);
    }

    /** The description of a write; {@link #run} runs it. */
    public final class Creation {

        private final Caller caller;
        private final Object request;
        private final boolean asAdmin;
        /** The profiles to refresh; null for none. */
        private final UUID[] rechecked;

        private final ConstraintProblems problems;
        /** The same write in a batch; null when it has none. */
        private final Supplier<Uni<Optional<Answer>>> batched;

        private Creation(
                Caller caller,
                Object request,
                boolean asAdmin,
                UUID[] rechecked,
                ConstraintProblems problems,
                Supplier<Uni<Optional<Answer>>> batched) {
            this.caller = caller;
            this.request = request;
            this.asAdmin = asAdmin;
            this.rechecked = rechecked;
            this.problems = problems;
            this.batched = batched;
        }

        /** With a platform admin's rights, if the caller is one. */
        public Creation asAdminIfPossible() {
            return new Creation(caller, request, caller.platformAdmin(), rechecked, problems, batched);
        }

        /**
         * A refusal because of the caller's profile, or one of these, is checked once more with the profiles' current states.
         *
         * @param others the other profiles that the write depends on
         */
        public Creation withFreshProfiles(UUID... others) {
            UUID[] all =
                    Stream.concat(Stream.of(caller.id()), Arrays.stream(others)).toArray(UUID[]::new);
            return new Creation(caller, request, asAdmin, all, problems, batched);
        }

        /** A violation of one of these constraints is returned as its problem. */
        public Creation explaining(ConstraintProblems explanations) {
            return new Creation(caller, request, asAdmin, rechecked, explanations, batched);
        }

        /**
         * A request without an {@code Idempotency-Key} shares a transaction with others, instead of running in its own. A key is
         * claimed in the transaction of its own write.
         *
         * @param batch the write, which fails for its own reasons only; empty when it has to run in its own transaction
         *     after all, and nothing was written
         */
        public Creation withOthers(Supplier<Uni<Optional<Answer>>> batch) {
            return new Creation(caller, request, asAdmin, rechecked, problems, batch);
        }

        /**
         * Runs the write in a transaction, or replays the response of the first request with the same {@code Idempotency-Key}.
         *
         * @throws Problem {@code idempotency-key-reused} (422), {@code idempotency-in-progress} (409), {@code profiles-away} (503)
         */
        public Uni<Response> run(Function<Tx, Uni<Answer>> work) {
            Supplier<Uni<Response>> write =
                    () -> (batched == null || writes.hasKey() ? alone(work) : batchedOrAlone(work))
                            .onFailure()
                            .transform(problems::explain);
            return rechecked == null ? write.get() : freshness.ensure(write, rechecked);
        }

        private Uni<Response> alone(Function<Tx, Uni<Answer>> work) {
            return asAdmin ? writes.writeAsAdmin(caller, request, work) : writes.write(caller, request, work);
        }

        private Uni<Response> batchedOrAlone(Function<Tx, Uni<Answer>> work) {
            return batched.get()
                    .chain(answer -> answer.map(done -> Uni.createFrom().item(writes.response(done)))
                            .orElseGet(() -> alone(work)));
        }
    }
}
