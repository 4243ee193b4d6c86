package io.tradosphere.cli.verify;

import io.tradosphere.contracts.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What services do, in short: a change and its event in one transaction, and some time later the event's effect in another, until
 * the end. The outbox is all the way that an event has to go.
 */
final class Service implements AutoCloseable {

    private static final String POSTED =
            "INSERT INTO signal.outbox (topic, key, type, subject, payload) VALUES (?, ?, '1', '-', '-')";
    private static final String APPLY_ONE = """
            WITH next AS (DELETE FROM signal.outbox WHERE id = (SELECT min(id) FROM signal.outbox) RETURNING topic, key, type::int AS by),
            counted AS (
              UPDATE profile.profile_stats s SET total_signals = total_signals + next.by
              FROM next WHERE next.topic = 'tradosphere.signal.signals' AND s.profile_id = next.key::uuid
            )
            UPDATE signal.signals s SET like_count = like_count + next.by
            FROM next WHERE next.topic = 'tradosphere.signal.engagement' AND s.id = next.key::uuid
            """;

    private final World world;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean over;

    Service(World world) {
        this.world = world;
    }

    /** Somebody posts a signal. */
    void posts(UUID creator) {
        transaction(connection -> {
            execute(connection, """
                    INSERT INTO signal.signals (creator_id, incarnation, asset_symbol, asset_type, direction, rationale)
                    VALUES (?, 7, 'BTC/USD', 'crypto', 'LONG', 'A test')
                    """, creator);
            execute(connection, POSTED, Topic.SIGNALS.topicName(), creator.toString());
        });
    }

    /** Somebody takes one of their signals back, if there is one. */
    void takesBackOne(UUID creator) {
        transaction(connection -> {
            int gone = execute(
                    connection,
                    "DELETE FROM signal.signals WHERE id = (SELECT id FROM signal.signals WHERE creator_id = ? LIMIT 1)",
                    creator);
            if (gone == 1) {
                execute(connection, POSTED.replace("'1'", "'-1'"), Topic.SIGNALS.topicName(), creator.toString());
            }
        });
    }

    /** Somebody new reacts. */
    void reacts(UUID signal) {
        UUID fan = world.person();
        transaction(connection -> {
            execute(
                    connection,
                    "INSERT INTO signal.signal_engagement (signal_id, user_id, reaction_type) VALUES (?, ?, 'fire')",
                    signal,
                    fan);
            execute(connection, POSTED, Topic.ENGAGEMENT.topicName(), signal.toString());
        });
    }

    /** Does this again and again. */
    void keepsDoing(Runnable deed) {
        running.add(threads.submit(() -> {
            while (!over) {
                deed.run();
            }
        }));
    }

    /** Applies what is under way, one event after the other. */
    void keepsApplying() {
        running.add(threads.submit(() -> {
            while (!over) {
                apply();
            }
        }));
    }

    /** Applies what is under way, later. */
    void appliesAfter(long delay, TimeUnit unit) {
        running.add(threads.schedule(this::apply, delay, unit));
    }

    private void apply() {
        transaction(connection -> execute(connection, APPLY_ONE));
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void transaction(Work work) {
        try (Connection connection = world.connect()) {
            connection.setAutoCommit(false);
            work.on(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static int execute(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = World.prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** Ends it all, and applies what is left. */
    @Override
    public void close() {
        over = true;
        threads.shutdown();
        try {
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("What a service did failed", e);
        }
        while (!world.row("SELECT count(*) FROM signal.outbox").equals("0")) {
            apply();
        }
    }
}
