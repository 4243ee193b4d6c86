package io.tradosphere.bench.trigger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Stores follows as the platform does: identity, statement and COMMIT in one pipelined round trip. */
@ApplicationScoped
class Follows {

    private static final String FOLLOW =
            "INSERT INTO follows (follower_id, following_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    private final Pool pool;

    Follows(Pool pool) {
        this.pool = pool;
    }

    /** Stores a follow; completes when follow and count are committed. */
    Uni<Void> follow(UUID follower, UUID followed) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(pipelined(follower, followed)))
                .replaceWithVoid();
    }

    private Future<?> pipelined(UUID follower, UUID followed) {
        return pool.getConnection().compose(connection -> {
            Future<?> begun = connection
                    .query("BEGIN; SET LOCAL request.jwt.claim.sub = '" + follower + "'")
                    .execute();
            Future<?> inserted = connection.preparedQuery(FOLLOW).execute(Tuple.of(follower, followed));
            // The COMMIT of an aborted transaction succeeds as a rollback, so all results are checked.
            Future<?> committed = connection.query("COMMIT").execute();
            return Future.join(begun, inserted, committed)
                    .eventually(() -> connection.close())
                    .transform(all -> all.succeeded() || inserted.failed()
                            ? inserted.mapEmpty()
                            : Future.failedFuture(all.cause()));
        });
    }
}
