package io.tradosphere.bench.dataset;

import io.tradosphere.bench.dataset.Dataset.Reader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Loads signal-service's feed tables in their state after backfill: the follow replica, stars and timelines. Each timeline has
 * the creators' latest signals and is marked as merged before them. Only the measured readers get timelines of full depth. Full
 * depth for everyone would be 35 million rows and most of the loading time.
 */
final class FeedLoader {

    /** The value of {@code tradosphere.feed.star-followers}. */
    private static final int STAR = 5_000;
    /** The number of signals per creator that the service backfills into a new follower's timeline. */
    private static final int DEPTH = 50;

    private static final int DEPTH_OF_OTHERS = 5;

    private static final String CREATORS = """
            INSERT INTO signal.creators (id, follower_count, starred_at)
            SELECT profile_id, follower_count, CASE WHEN follower_count >= %d THEN now() END FROM profile.profile_stats
            WHERE follower_count > 0 OR total_signals > 0
            """.formatted(STAR);

    /** Numbers each creator's signals, newest first, up to the timeline depth plus one. */
    private static final String LATEST = """
            CREATE TEMPORARY TABLE latest ON COMMIT DROP AS
            SELECT creator_id, posted_at, id, place FROM (
              SELECT creator_id, posted_at, id, row_number() OVER (PARTITION BY creator_id ORDER BY posted_at DESC) AS place
              FROM signal.signals) AS numbered
            WHERE place <= %d + 1
            """.formatted(DEPTH);

    private static final String READERS = """
            CREATE TEMPORARY TABLE depths ON COMMIT DROP AS
            SELECT id AS follower_id, CASE WHEN id IN (%%s) THEN %d ELSE %d END AS depth FROM signal.profiles
            """.formatted(DEPTH, DEPTH_OF_OTHERS);

    private static final String FOLLOWS = """
            INSERT INTO signal.follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation,
              sequence, merged_until)
            SELECT f.follower_id, f.following_id, true, f.follower_incarnation, f.following_incarnation, row_number() OVER (),
              CASE WHEN c.starred_at IS NOT NULL THEN 'infinity' ELSE coalesce(l.posted_at, '-infinity') END
            FROM social.follows f
            JOIN signal.creators c ON c.id = f.following_id
            JOIN depths d ON d.follower_id = f.follower_id
            LEFT JOIN latest l ON l.creator_id = f.following_id AND l.place = d.depth + 1
            """;

    private static final String TIMELINE = """
            INSERT INTO signal.timeline (reader_id, posted_at, signal_id, creator_id)
            SELECT f.follower_id, l.posted_at, l.id, l.creator_id
            FROM signal.follows f
            JOIN depths d ON d.follower_id = f.follower_id
            JOIN latest l ON l.creator_id = f.following_id AND l.place <= d.depth
            WHERE f.merged_until < 'infinity'
            ORDER BY f.follower_id, l.posted_at, l.id
            """;

    private final Dataset dataset;

    FeedLoader(Dataset dataset) {
        this.dataset = dataset;
    }

    void load(Connection database) throws SQLException {
        String readers = Arrays.stream(Reader.values())
                .flatMap(kind -> IntStream.range(0, dataset.size().readers())
                        .mapToObj(number -> "'" + dataset.id(dataset.reader(kind, number)) + "'"))
                .collect(Collectors.joining(", "));
        try (Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("SET LOCAL work_mem = '256MB'");
            statement.execute("SET LOCAL maintenance_work_mem = '256MB'");
            statement.execute(CREATORS);
            statement.execute(LATEST);
            statement.execute("CREATE INDEX ON latest (creator_id, place)");
            statement.execute(READERS.formatted(readers));
            statement.execute("ANALYZE latest");
            statement.execute("ANALYZE depths");
            statement.execute("ANALYZE social.follows");
            statement.execute(FOLLOWS);
            statement.execute("ANALYZE signal.follows");
            statement.execute(TIMELINE);
            database.commit();
        } finally {
            database.setAutoCommit(true);
        }
    }
}
