package io.tradosphere.bench.measure;

import io.tradosphere.stack.postgres.Address;
import java.sql.SQLException;

/** Checks stored counts against the counted rows, per profile and signal. */
public final class CountCheck {

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
    private static final String WRONG_SUBSCRIBERS = """
            SELECT count(*) FROM profile.profile_stats s
            LEFT JOIN (SELECT creator_id, count(*) AS subscribers FROM billing.subscriptions WHERE status = 'active' GROUP BY 1) b
              ON b.creator_id = s.profile_id
            WHERE s.subscriber_count <> coalesce(b.subscribers, 0)
            """;

    private CountCheck() {}

    /** The number of profiles with a wrong follower count. */
    public static long wrongFollowerCounts(Address database) throws SQLException {
        return Sql.number(database, WRONG_FOLLOWERS);
    }

    /** The number of signals with a wrong like count. */
    public static long wrongLikeCounts(Address database) throws SQLException {
        return Sql.number(database, WRONG_LIKES);
    }

    /** The number of profiles with a wrong subscriber count. */
    static long wrongSubscriberCounts(Address database) throws SQLException {
        return Sql.number(database, WRONG_SUBSCRIBERS);
    }
}
