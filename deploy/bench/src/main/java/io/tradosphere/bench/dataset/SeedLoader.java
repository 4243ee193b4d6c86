package io.tradosphere.bench.dataset;

import io.tradosphere.bench.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Creates the original seed schema and loads the dataset into it. The follower trigger is fixed so that it counts. Similar
 * triggers count likes and the places of competitions.
 */
public final class SeedLoader {

    /** The login role of the Fastify service. It has no privileges until a transaction sets another role. */
    public static final String AUTHENTICATOR = "authenticator";

    private static final String[] SCRIPTS = {
        "/seed/supabase-prelude.sql", "/seed/seed.sql", "/bench/like-count.sql", "/bench/competition-places.sql"
    };

    private final Dataset dataset;
    private final Progress progress;

    /**
     * @param dataset the dataset to load
     * @param progress receives progress lines
     */
    public SeedLoader(Dataset dataset, Progress progress) {
        this.dataset = dataset;
        this.progress = progress;
    }

    /**
     * Creates the schema and loads all rows.
     *
     * @param database an empty database, as superuser
     * @param password of the roles {@code authenticated} and {@link #AUTHENTICATOR}
     */
    public void load(Connection database, String password) throws Exception {
        try (Statement statement = database.createStatement()) {
            for (String script : SCRIPTS) {
                statement.execute(text(script));
            }
            // The trigger runs as the follower, who may not update the followed row, so it would count nothing.
            statement.execute("ALTER FUNCTION update_follower_count() SECURITY DEFINER");
            statement.execute("ALTER ROLE authenticated LOGIN PASSWORD '" + password + "'");
            statement.execute("CREATE ROLE " + AUTHENTICATOR + " LOGIN NOINHERIT PASSWORD '" + password + "'");
            statement.execute("GRANT anon, authenticated TO " + AUTHENTICATOR);
            statement.execute("SET session_replication_role = replica");
            progress.run("  people, follows and signals in the seed schema", () -> rows(database));
            statement.execute("RESET session_replication_role");
            progress.run("  VACUUM ANALYZE", () -> statement.execute("VACUUM (ANALYZE)"));
        }
    }

    private void rows(Connection database) throws SQLException {
        int people = dataset.size().people();
        TableCopy.into(database, "auth.users (id)", rows -> {
            for (int i = 0; i < people; i++) {
                rows.row(dataset.id(i));
            }
        });
        SignalCounts counts = SignalCounts.of(dataset);
        TableCopy.into(
                database,
                "profiles (id, username, display_name, avatar_url, bio, tier, total_signals, hit_signals, follower_count)",
                rows -> {
                    for (int i = 0; i < people; i++) {
                        rows.row(
                                dataset.id(i),
                                dataset.username(i),
                                "Trader " + i,
                                SuiteLoader.AVATAR + i,
                                SuiteLoader.BIO,
                                dataset.tier(i),
                                counts.total()[i],
                                counts.hits()[i],
                                dataset.followerCount(i));
                    }
                });
        TableCopy.into(database, "follows (follower_id, following_id)", rows -> {
            for (int i = 0; i < dataset.follows(); i++) {
                rows.row(dataset.id(dataset.follower(i)), dataset.id(dataset.followed(i)));
            }
        });
        TableCopy.into(
                database,
                "signals (creator_id, asset_symbol, asset_type, direction, entry_price, target_price, stop_loss, outcome_price,"
                        + " risk_reward_ratio, rationale, timeframe, status, hit_at, posted_at)",
                rows -> dataset.signals(signal -> rows.row(
                        dataset.id(signal.creator()),
                        signal.assetSymbol(),
                        "crypto",
                        signal.direction(),
                        signal.price(),
                        signal.target(),
                        signal.stop(),
                        signal.outcome(),
                        GeneratedSignal.RISK_REWARD,
                        SuiteLoader.RATIONALE,
                        "4H",
                        signal.status(),
                        signal.status().equals("hit") ? dataset.postedAt(signal) : null,
                        dataset.postedAt(signal))));
    }

    private static String text(String resource) {
        try (InputStream script = SeedLoader.class.getResourceAsStream(resource)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
