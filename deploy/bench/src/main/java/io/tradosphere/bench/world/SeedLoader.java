package io.tradosphere.bench.world;

import io.tradosphere.bench.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the seed's schema as it was written, with its counting trigger mended so that it counts and another one of its kind for
 * likes, and loads the same world.
 */
public final class SeedLoader {

    /** Who the hand-written service signs in as: nobody, until a request's transaction takes a role. */
    public static final String AUTHENTICATOR = "authenticator";

    private static final String[] SCRIPTS = {"/seed/supabase-prelude.sql", "/seed/seed.sql", "/bench/like-count.sql"};

    private final World world;
    private final Progress progress;

    /**
     * @param world what is loaded
     * @param progress where it says how far it is
     */
    public SeedLoader(World world, Progress progress) {
        this.world = world;
        this.progress = progress;
    }

    /**
     * Makes and loads everything.
     *
     * @param database an empty database, as superuser
     * @param password what the roles {@code authenticated} and {@link #AUTHENTICATOR} sign in with
     */
    public void load(Connection database, String password) throws Exception {
        try (Statement statement = database.createStatement()) {
            for (String script : SCRIPTS) {
                statement.execute(text(script));
            }
            // As the follower it may not update the followed's row, and counts nothing.
            statement.execute("ALTER FUNCTION update_follower_count() SECURITY DEFINER");
            statement.execute("ALTER ROLE authenticated LOGIN PASSWORD '" + password + "'");
            statement.execute("CREATE ROLE " + AUTHENTICATOR + " LOGIN NOINHERIT PASSWORD '" + password + "'");
            statement.execute("GRANT anon, authenticated TO " + AUTHENTICATOR);
            statement.execute("SET session_replication_role = replica");
            progress.run("  the same people, follows and signals in the seed's schema", () -> rows(database));
            statement.execute("RESET session_replication_role");
            progress.run("  VACUUM ANALYZE", () -> statement.execute("VACUUM (ANALYZE)"));
        }
    }

    private void rows(Connection database) throws SQLException {
        int people = world.size().people();
        Copy.into(database, "auth.users (id)", rows -> {
            for (int i = 0; i < people; i++) {
                rows.row(world.id(i));
            }
        });
        Tally tally = Tally.of(world);
        Copy.into(
                database,
                "profiles (id, username, display_name, avatar_url, bio, tier, total_signals, hit_signals, follower_count)",
                rows -> {
                    for (int i = 0; i < people; i++) {
                        rows.row(
                                world.id(i),
                                world.username(i),
                                "Trader " + i,
                                SuiteLoader.AVATAR + i,
                                SuiteLoader.BIO,
                                world.tier(i),
                                tally.total()[i],
                                tally.hits()[i],
                                world.followerCount(i));
                    }
                });
        Copy.into(database, "follows (follower_id, following_id)", rows -> {
            for (int i = 0; i < world.follows(); i++) {
                rows.row(world.id(world.follower(i)), world.id(world.followed(i)));
            }
        });
        Copy.into(
                database,
                "signals (creator_id, asset_symbol, asset_type, direction, entry_price, target_price, stop_loss, outcome_price,"
                        + " risk_reward_ratio, rationale, timeframe, status, hit_at, posted_at)",
                rows -> world.signals(signal -> rows.row(
                        world.id(signal.creator()),
                        signal.assetSymbol(),
                        "crypto",
                        signal.direction(),
                        signal.price(),
                        signal.target(),
                        signal.stop(),
                        signal.outcome(),
                        DrawnSignal.RISK_REWARD,
                        SuiteLoader.RATIONALE,
                        "4H",
                        signal.status(),
                        signal.status().equals("hit") ? world.postedAt(signal) : null,
                        world.postedAt(signal))));
    }

    private static String text(String resource) {
        try (InputStream script = SeedLoader.class.getResourceAsStream(resource)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
