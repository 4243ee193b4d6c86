package io.tradosphere.bench.measure;

import io.tradosphere.stack.postgres.Address;
import java.sql.SQLException;

/** Whether, after everything, everything is counted once: per row, not in sum. */
public final class Drift {

    private static final String WRONG_FOLLOWERS = """
            SELECT count(*) FROM profile.profile_stats s
            LEFT JOIN (SELECT following_id, count(*) AS followers FROM social.follows GROUP BY 1) f ON f.following_id = s.profile_id
            WHERE s.follower_count <> coalesce(f.followers, 0)
            """;
    private static final String WRONG_LIKES = """
            SELECT count(*) FROM signal.signals s
            LEFT JOIN (SELECT signal_id, count(*) AS reactions FROM signal.signal_engagement GROUP BY 1) e ON e.signal_id = s.id
            WHERE s.like_count <> coalesce(e.reactions, 0)
            """;

    private Drift() {}

    /** How many profiles have another follower count than followers. */
    public static long ofFollowerCounts(Address database) throws SQLException {
        return Sql.number(database, WRONG_FOLLOWERS);
    }

    /** How many signals have another like count than reactions. */
    public static long ofLikeCounts(Address database) throws SQLException {
        return Sql.number(database, WRONG_LIKES);
    }
}
