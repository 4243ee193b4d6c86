package io.tradosphere.bench.measure;

import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What goes on in the suite after its answers: events under way, copies of follows, timelines being filled. */
public final class Aftermath {

    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** Each is zero when it is over; the cheap ones first. */
    private static final List<String> LEFT = List.of(
            "SELECT count(*) FROM profile.outbox",
            "SELECT count(*) FROM social.outbox",
            "SELECT count(*) FROM signal.outbox",
            "SELECT count(*) FROM signal.creators WHERE NOT settled",
            "SELECT (SELECT count(*) FROM social.follows) - (SELECT count(*) FROM signal.follows WHERE is_following)",
            "SELECT (SELECT count(*) FROM signal.signal_engagement) - (SELECT coalesce(sum(like_count), 0) FROM signal.signals"
                    + " WHERE like_count > 0)");

    private Aftermath() {}

    /**
     * Waits until it is over, so that no case pays for the one before; three minutes at most, after which the case that comes does.
     *
     * @return whether it is over
     */
    public static boolean await(Address database) {
        return Waiting.until(LONGEST, () -> isOver(database));
    }

    private static boolean isOver(Address database) {
        try {
            for (String left : LEFT) {
                if (Sql.number(database, left) != 0) {
                    return false;
                }
            }
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("The suite's database does not answer: " + e.getMessage(), e);
        }
    }
}
