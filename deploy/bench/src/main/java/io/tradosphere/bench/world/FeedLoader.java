package io.tradosphere.bench.world;

import io.tradosphere.bench.world.World.Reader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Loads what signal-service makes feeds of, as its own settling would have left it: its copy of the follows, who is a star, and
 * timelines, filled with what each creator has posted last and marked as merged before that. Only those whose feeds are read have
 * them as deep as the service fills them: everybody's would be 35 million rows, and the better part of the loading.
 */
final class FeedLoader {

    /** {@code tradosphere.feed.star-followers}. */
    private static final int STAR = 5_000;
    /** How many of a creator's signals the service fills a new follower's timeline with. */
    private static final int DEPTH = 50;

    private static final int DEPTH_OF_OTHERS = 5;

    private static final String CREATORS = """
            INSERT INTO signal.creators (id, follower_count, starred_at)
            SELECT profile_id, follower_count, CASE WHEN follower_count >= %d THEN now() END FROM profile.profile_stats
            WHERE follower_count > 0 OR total_signals > 0
            """.formatted(STAR);

    /** Each creator's signals by their place, the newest first, as far as any timeline reaches and one more. */
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

    private final World world;

    FeedLoader(World world) {
        this.world = world;
    }

    void load(Connection database) throws SQLException {
        String readers = Arrays.stream(Reader.values())
                .flatMap(kind -> IntStream.range(0, world.size().readers())
                        .mapToObj(number -> "'" + world.id(world.reader(kind, number)) + "'"))
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
