package io.tradosphere.bench.measure;

import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Waits until the suite's asynchronous work is done: events in flight, replicas and backfills. */
public final class Quiescence {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** Queries that return zero when the work is done, the cheapest first. */
    private static final List<String> PENDING_COUNTS = List.of(
            "SELECT count(*) FROM profile.outbox",
            "SELECT count(*) FROM social.outbox",
            "SELECT count(*) FROM signal.outbox",
            "SELECT count(*) FROM billing.outbox",
            "SELECT count(*) FROM billing.stripe_objects WHERE requested > fetched AND parked_at IS NULL",
            "SELECT count(*) FROM competition.outbox",
            "SELECT count(*) FROM messaging.outbox",
            "SELECT count(*) FROM signal.creators WHERE NOT backfilled",
            "SELECT (SELECT count(*) FROM social.follows) - (SELECT count(*) FROM signal.follows WHERE is_following)",
            "SELECT (SELECT count(*) FROM signal.signal_engagement) - (SELECT coalesce(sum(like_count), 0) FROM signal.signals"
                    + " WHERE like_count > 0)");

    private Quiescence() {}

    /**
     * Waits until all work is done, so that no case pays for the previous one. Gives up after three minutes.
     *
     * @return whether all work is done
     */
    public static boolean await(Address database) {
        return Waiting.until(TIMEOUT, () -> isQuiescent(database));
    }

    private static boolean isQuiescent(Address database) {
        try {
            for (String left : PENDING_COUNTS) {
                if (Sql.number(database, left) != 0) {
                    return false;
                }
            }
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("The suite's database does not respond: " + e.getMessage(), e);
        }
    }
}
