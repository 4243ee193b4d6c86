package io.tradosphere.bench.dataset;

import io.tradosphere.bench.Progress;
import io.tradosphere.stack.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads a dataset into the suite's slices with consistent sources, replicas and counts. It uses COPY as superuser with triggers
 * disabled. A million follows through the API would take most of an hour.
 */
public final class SuiteLoader {

    private static final String BORN = "2026-01-01 00:00:00+00";
    static final String BIO =
            "Swing trader. Crypto and index futures, risk first, one per cent a trade, no financial advice.";
    static final String AVATAR = "https://cdn.example.com/avatars/";

    static final String RATIONALE = "Higher low on the daily, volume confirms";

    private final Dataset dataset;
    private final Progress progress;

    /**
     * @param dataset the dataset to load
     * @param progress receives progress lines
     */
    public SuiteLoader(Dataset dataset, Progress progress) {
        this.dataset = dataset;
        this.progress = progress;
    }

    /** Loads all tables and runs VACUUM ANALYZE. */
    public void load(Connection database) throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            progress.run(
                    "  " + dataset.size().people() + " profiles, and the slices' replicas", () -> people(database));
            progress.run("  " + dataset.follows() + " follows", () -> follows(database));
            progress.run("  " + dataset.size().signals() + " signals", () -> signals(database));
            progress.run("  feeds and timelines", () -> new FeedLoader(dataset).load(database));
            progress.run(
                    "  a competition of " + dataset.size().actors(),
                    () -> new CompetitionLoader(dataset).load(database));
            statement.execute("SELECT setval('profile.outbox_sequence', "
                    + (dataset.size().people() + 1) + ")");
            statement.execute("SELECT setval('social.outbox_sequence', " + (dataset.follows() + 1) + ")");
            statement.execute(
                    "SELECT setval('signal.outbox_sequence', " + (dataset.size().signals() + 1) + ")");
            statement.execute("RESET session_replication_role");
            progress.run("  VACUUM ANALYZE", () -> statement.execute("VACUUM (ANALYZE)"));
        }
    }

    /** Deletes all loaded rows and everything derived from them. No events may be in flight. */
    public static void unload(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    "TRUNCATE profile.profiles, profile.follow_edges, social.follows, signal.follows, signal.creators,"
                            + " signal.timeline, signal.signals, competition.competitions, "
                            + Stream.of(Slice.values())
                                    .filter(slice -> !slice.equals(Slice.PROFILE))
                                    .map(slice -> slice.schema() + ".profiles")
                                    .collect(Collectors.joining(", "))
                            + " CASCADE");
        }
    }

    /** The incarnation of a person's profile. */
    static long incarnation(int person) {
        return 1_767_225_600_000_000L + person;
    }

    private void people(Connection database) throws SQLException {
        int people = dataset.size().people();
        TableCopy.into(
                database,
                "profile.profiles (id, username, display_name, avatar_url, bio, trading_style, tier, incarnation, version,"
                        + " created_at)",
                rows -> {
                    for (int i = 0; i < people; i++) {
                        rows.row(
                                dataset.id(i),
                                dataset.username(i),
                                "Trader " + i,
                                AVATAR + i,
                                BIO,
                                "swing",
                                dataset.tier(i),
                                incarnation(i),
                                i + 1,
                                BORN);
                    }
                });
        TableCopy.into(database, "profile.profile_settings (profile_id)", this::ids);
        TableCopy.into(database, "profile.profile_presence (profile_id)", this::ids);
        SignalCounts counts = SignalCounts.of(dataset);
        TableCopy.into(
                database,
                "profile.profile_stats (profile_id, incarnation, total_signals, hit_signals, miss_signals, follower_count)",
                rows -> {
                    for (int i = 0; i < people; i++) {
                        rows.row(
                                dataset.id(i),
                                incarnation(i),
                                counts.total()[i],
                                counts.hits()[i],
                                counts.misses()[i],
                                dataset.followerCount(i));
                    }
                });
        TableCopy.into(database, "profile.profile_ranking (profile_id, follower_count)", rows -> {
            for (int i = 0; i < people; i++) {
                rows.row(dataset.id(i), dataset.followerCount(i));
            }
        });
        for (Slice slice : Stream.of(Slice.values())
                .filter(slice -> !slice.equals(Slice.PROFILE))
                .toList()) {
            TableCopy.into(
                    database,
                    slice.schema() + ".profiles (id, username, display_name, avatar_url, tier, incarnation, sequence)",
                    rows -> {
                        for (int i = 0; i < people; i++) {
                            rows.row(
                                    dataset.id(i),
                                    dataset.username(i),
                                    "Trader " + i,
                                    AVATAR + i,
                                    dataset.tier(i),
                                    incarnation(i),
                                    i + 1);
                        }
                    });
        }
    }

    private void ids(TableCopy rows) {
        for (int i = 0; i < dataset.size().people(); i++) {
            rows.row(dataset.id(i));
        }
    }

    private void follows(Connection database) throws SQLException {
        TableCopy.into(
                database,
                "social.follows (follower_id, following_id, follower_incarnation, following_incarnation)",
                rows -> {
                    for (int i = 0; i < dataset.follows(); i++) {
                        int follower = dataset.follower(i);
                        int followed = dataset.followed(i);
                        rows.row(
                                dataset.id(follower),
                                dataset.id(followed),
                                incarnation(follower),
                                incarnation(followed));
                    }
                });
        TableCopy.into(
                database,
                "profile.follow_edges (follower_id, following_id, follower_incarnation, following_incarnation, active, sequence)",
                rows -> {
                    for (int i = 0; i < dataset.follows(); i++) {
                        int follower = dataset.follower(i);
                        int followed = dataset.followed(i);
                        rows.row(
                                dataset.id(follower),
                                dataset.id(followed),
                                incarnation(follower),
                                incarnation(followed),
                                "t",
                                i + 1);
                    }
                });
    }

    private void signals(Connection database) throws SQLException {
        TableCopy.into(
                database,
                "signal.signals (creator_id, incarnation, asset_symbol, asset_type, direction, entry_price, target_price,"
                        + " stop_loss, outcome_price, rationale, timeframe, status, outcome_source, hit_at, resolved_at, version,"
                        + " posted_at)",
                rows -> dataset.signals(signal -> {
                    boolean active = signal.status().equals("active");
                    rows.row(
                            dataset.id(signal.creator()),
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
                            signal.status().equals("hit") ? dataset.postedAt(signal) : null,
                            active ? null : dataset.postedAt(signal),
                            signal.number() + 1,
                            dataset.postedAt(signal));
                }));
    }
}
