package io.tradosphere.messaging.message;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A rate limit of each sender, as a leaky bucket in the database. It therefore holds across instances. Only messages
 * that are sent count, since the bucket is filled in the message's own transaction.
 */
@ApplicationScoped
class SendingRate {

    private static final double SECONDS_A_MINUTE = 60;

    private static final String SPEND = """
            INSERT INTO sending_rates AS rate (user_id, empty_at) VALUES ($1, clock_timestamp() + $2 * INTERVAL '1 second')
            ON CONFLICT (user_id) DO UPDATE SET
              empty_at = greatest(rate.empty_at, clock_timestamp()) + $2 * INTERVAL '1 second'
            RETURNING extract(epoch FROM empty_at - clock_timestamp())::float8 AS full_for
            """;

    private final double secondsPerMessage;
    private final double capacity;

    SendingRate(
            @ConfigProperty(name = "tradosphere.messaging.messages-per-minute") int perMinute,
            @ConfigProperty(name = "tradosphere.messaging.messages-at-once") int atOnce) {
        this.secondsPerMessage = SECONDS_A_MINUTE / perMinute;
        this.capacity = secondsPerMessage * atOnce;
    }

    /**
     * Counts one message of the caller. The caller's rate is locked until the commit.
     *
     * @throws Problem {@code too-many-messages} (429) with {@code Retry-After}
     */
    Uni<Void> spend(Tx tx, Caller caller) {
        return tx.execute(SPEND, caller.id(), secondsPerMessage)
                .map(rows -> rows.iterator().next().getDouble("full_for") - capacity)
                .invoke(excess -> {
                    if (excess > 0) {
                        long wait = (long) Math.ceil(excess);
                        throw ProblemKind.TOO_MANY_MESSAGES
                                .because("Nothing was sent; try again in " + wait + " s.")
                                .withHeader("Retry-After", Long.toString(wait));
                    }
                })
                .replaceWithVoid();
    }
}
