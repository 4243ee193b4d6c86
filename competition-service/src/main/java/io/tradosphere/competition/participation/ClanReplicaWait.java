package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * Retries a join while the clan member replica may lag. A caller who has just joined a clan is therefore not refused. No
 * transaction is open during the delays.
 */
@ApplicationScoped
class ClanReplicaWait {

    private static final long FIRST_DELAY_MILLIS = 100;
    /** The delays sum to about three seconds. */
    private static final long LAST_DELAY_MILLIS = 1_600;

    private final Vertx vertx;

    ClanReplicaWait(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Runs the attempt and retries it with growing delays while it fails with {@code not-clan-member}.
     *
     * @param attempt run again from its beginning each time
     */
    <T> Uni<T> await(Supplier<Uni<T>> attempt) {
        return retry(attempt, FIRST_DELAY_MILLIS);
    }

    private <T> Uni<T> retry(Supplier<Uni<T>> attempt, long delay) {
        return Uni.createFrom()
                .deferred(() -> attempt.get())
                .onFailure(failure -> delay <= LAST_DELAY_MILLIS
                        && failure instanceof Problem problem
                        && problem.kind().equals(ProblemKind.NOT_CLAN_MEMBER))
                .recoverWithUni(() -> delay(delay).chain(() -> retry(attempt, 2 * delay)));
    }

    private Uni<Void> delay(long millis) {
        return Uni.createFrom().emitter(emitter -> vertx.setTimer(millis, timer -> emitter.complete(null)));
    }
}
