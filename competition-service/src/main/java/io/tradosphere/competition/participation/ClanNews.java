package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Problem;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * Lets nobody be refused because the copy of clan members lags: whoever has just joined a clan is let in as soon as the copy has
 * heard of it. No transaction is open in the meantime, and the copy is never more than moments behind.
 */
@ApplicationScoped
class ClanNews {

    private static final long FIRST_PAUSE_MILLIS = 100;
    /** Together with those before it, three seconds. */
    private static final long LAST_PAUSE_MILLIS = 1_600;

    private final Vertx vertx;

    ClanNews(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Decides, and for some moments decides again for as long as the answer is {@code not-clan-member}.
     *
     * @param decision run each time from its beginning
     */
    <T> Uni<T> await(Supplier<Uni<T>> decision) {
        return decide(decision, FIRST_PAUSE_MILLIS);
    }

    private <T> Uni<T> decide(Supplier<Uni<T>> decision, long pause) {
        return Uni.createFrom()
                .deferred(() -> decision.get())
                .onFailure(failure -> pause <= LAST_PAUSE_MILLIS
                        && failure instanceof Problem problem
                        && problem.kind().equals(Joining.NOT_CLAN_MEMBER))
                .recoverWithUni(() -> pause(pause).chain(() -> decide(decision, 2 * pause)));
    }

    private Uni<Void> pause(long millis) {
        return Uni.createFrom().emitter(rested -> vertx.setTimer(millis, timer -> rested.complete(null)));
    }
}
