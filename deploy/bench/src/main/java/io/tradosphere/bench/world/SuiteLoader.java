package io.tradosphere.bench.world;

import io.tradosphere.bench.Progress;
import io.tradosphere.stack.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads a world into the suite's slices, as if it had grown there: truths, copies and counts agree. By COPY as superuser with
 * triggers off, since a million follows through the API would take the better part of an hour.
 */
public final class SuiteLoader {

    private static final String BORN = "2026-01-01 00:00:00+00";
    static final String BIO =
            "Swing trader. Crypto and index futures, risk first, one per cent a trade, no financial advice.";
    static final String AVATAR = "https://cdn.example.com/avatars/";

    static final String RATIONALE = "Higher low on the daily, volume confirms";

    private final World world;
    private final Progress progress;

    /**
     * @param world what is loaded
     * @param progress where it says how far it is
     */
    public SuiteLoader(World world, Progress progress) {
        this.world = world;
        this.progress = progress;
    }

    /** Loads everything, and has the planner look at it. */
    public void load(Connection database) throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            progress.run(
                    "  " + world.size().people() + " profiles, and the slices' copies of them", () -> people(database));
            progress.run("  " + world.follows() + " follows", () -> follows(database));
            progress.run("  " + world.size().signals() + " signals", () -> signals(database));
            progress.run("  what feeds are made of", () -> new FeedLoader(world).load(database));
            progress.run(
                    "  a competition of " + world.size().actors(), () -> new CompetitionLoader(world).load(database));
            statement.execute(
                    "SELECT setval('profile.outbox_sequence', " + (world.size().people() + 1) + ")");
            statement.execute("SELECT setval('social.outbox_sequence', " + (world.follows() + 1) + ")");
            statement.execute(
                    "SELECT setval('signal.outbox_sequence', " + (world.size().signals() + 1) + ")");
            statement.execute("RESET session_replication_role");
            progress.run("  VACUUM ANALYZE", () -> statement.execute("VACUUM (ANALYZE)"));
        }
    }

    /**
     * Takes out again everything that was loaded and what has come of it; nothing may be under way any more.
     */
    public static void unload(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    "TRUNCATE profile.profiles, profile.follow_edges, social.follows, signal.follows, signal.creators,"
                            + " signal.timeline, signal.signals, competition.competitions, "
                            + Stream.of(Slice.values())
                                    .filter(slice -> slice != Slice.PROFILE)
                                    .map(slice -> slice.schema() + ".profiles")
                                    .collect(Collectors.joining(", "))
                            + " CASCADE");
        }
    }

    /** The life that a person is in. */
    static long incarnation(int person) {
        return 1_767_225_600_000_000L + person;
    }

    private void people(Connection database) throws SQLException {
        int people = world.size().people();
        Copy.into(
                database,
                "profile.profiles (id, username, display_name, avatar_url, bio, trading_style, tier, incarnation, version,"
                        + " created_at)",
                rows -> {
                    for (int i = 0; i < people; i++) {
                        rows.row(
                                world.id(i),
                                world.username(i),
                                "Trader " + i,
                                AVATAR + i,
                                BIO,
                                "swing",
                                world.tier(i),
                                incarnation(i),
                                i + 1,
                                BORN);
                    }
                });
        Copy.into(database, "profile.profile_settings (profile_id)", this::ids);
        Copy.into(database, "profile.profile_presence (profile_id)", this::ids);
        Tally tally = Tally.of(world);
        Copy.into(
                database,
                "profile.profile_stats (profile_id, incarnation, total_signals, hit_signals, miss_signals, follower_count)",
                rows -> {
                    for (int i = 0; i < people; i++) {
                        rows.row(
                                world.id(i),
                                incarnation(i),
                                tally.total()[i],
                                tally.hits()[i],
                                tally.misses()[i],
                                world.followerCount(i));
                    }
                });
        Copy.into(database, "profile.profile_ranking (profile_id, follower_count)", rows -> {
            for (int i = 0; i < people; i++) {
                rows.row(world.id(i), world.followerCount(i));
            }
        });
        for (Slice slice : Stream.of(Slice.values())
                .filter(slice -> slice != Slice.PROFILE)
                .toList()) {
            Copy.into(
                    database,
                    slice.schema() + ".profiles (id, username, display_name, avatar_url, tier, incarnation, sequence)",
                    rows -> {
                        for (int i = 0; i < people; i++) {
                            rows.row(
                                    world.id(i),
                                    world.username(i),
                                    "Trader " + i,
                                    AVATAR + i,
                                    world.tier(i),
                                    incarnation(i),
                                    i + 1);
                        }
                    });
        }
    }

    private void ids(Copy rows) {
        for (int i = 0; i < world.size().people(); i++) {
            rows.row(world.id(i));
        }
    }

    private void follows(Connection database) throws SQLException {
        Copy.into(
                database,
                "social.follows (follower_id, following_id, follower_incarnation, following_incarnation)",
                rows -> {
                    for (int i = 0; i < world.follows(); i++) {
                        int follower = world.follower(i);
                        int followed = world.followed(i);
                        rows.row(world.id(follower), world.id(followed), incarnation(follower), incarnation(followed));
                    }
                });
        Copy.into(
                database,
                "profile.follow_edges (follower_id, following_id, follower_incarnation, following_incarnation, active, sequence)",
                rows -> {
                    for (int i = 0; i < world.follows(); i++) {
                        int follower = world.follower(i);
                        int followed = world.followed(i);
                        rows.row(
                                world.id(follower),
                                world.id(followed),
                                incarnation(follower),
                                incarnation(followed),
                                "t",
                                i + 1);
                    }
                });
    }

    private void signals(Connection database) throws SQLException {
        Copy.into(
                database,
                "signal.signals (creator_id, incarnation, asset_symbol, asset_type, direction, entry_price, target_price,"
                        + " stop_loss, outcome_price, rationale, timeframe, status, outcome_source, hit_at, resolved_at, version,"
                        + " posted_at)",
                rows -> world.signals(signal -> {
                    boolean active = signal.status().equals("active");
                    rows.row(
                            world.id(signal.creator()),
                            incarnation(signal.creator()),
                            signal.assetSymbol(),
                            "crypto",
                            signal.direction(),
                            signal.price(),
                            signal.target(),
                            signal.stop(),
                            signal.outcome(),
                            RATIONALE,
                            "4H",
                            signal.status(),
                            active ? null : "creator",
                            signal.status().equals("hit") ? world.postedAt(signal) : null,
                            active ? null : world.postedAt(signal),
                            signal.number() + 1,
                            world.postedAt(signal));
                }));
    }
}
