package io.tradosphere.cli.verify;

import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A count that is moved by events, so that it follows its truth a moment later. What differs is looked at again once all that was
 * under way has arrived, a few times over. What still differs then has drifted, or is never at rest: that is decided while its
 * truth stands still, for as long as it takes the last events to arrive. Then nothing is under way to it, and so nothing is lost or
 * doubled when it is mended in the same transaction.
 *
 * @param name the count
 * @param underWay what moves it
 * @param compare as {@link Comparison#of} takes it
 * @param standStill statements about some ids, in braces as there, that keep everybody from changing what is expected of these
 *     until the transaction ends, and nobody from applying the events
 * @param mend statements about some ids that set these right
 */
record SettledCount(String name, UnderWay underWay, String compare, List<String> standStill, List<String> mend)
        implements Reconciliation {

    private static final int LOOKS = 3;
    private static final int AT_ONCE = 1_000;
    private static final int TRIES = 5;
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    /** A deadlock, or a lock that was not to be had: others go first, and we try again. */
    private static final Set<String> IN_THE_WAY = Set.of("40P01", "55P03");

    @Override
    public Outcome run(Endpoints endpoints, boolean repair) {
        String bootstrap = endpoints.get("KAFKA_BOOTSTRAP");
        try (Connection database = Address.parse(endpoints.get("POSTGRES_URL")).connect()) {
            Comparison all = Comparison.of(database, compare);
            List<UUID> suspects = all.drifted();
            for (int look = 0; look < LOOKS && !suspects.isEmpty(); look++) {
                underWay.awaitArrival(database, bootstrap);
                suspects = Comparison.again(database, compare, suspects).drifted();
            }
            long drift = 0;
            List<Drift> shown = new ArrayList<>();
            for (int from = 0; from < suspects.size(); from += AT_ONCE) {
                List<UUID> some = suspects.subList(from, Math.min(from + AT_ONCE, suspects.size()));
                Comparison found = judge(database, bootstrap, some, repair);
                drift += found.drifted().size();
                found.shown().stream().limit(Outcome.SHOWN - shown.size()).forEach(shown::add);
            }
            return new Outcome(all.rows(), drift, repair ? drift : 0, shown);
        } catch (SQLException e) {
            throw new StackException("Cannot compare " + name + ": " + e.getMessage(), e);
        }
    }

    private Comparison judge(Connection database, String bootstrap, List<UUID> suspects, boolean repair)
            throws SQLException {
        for (int tries = 1; ; tries++) {
            database.setAutoCommit(false);
            try {
                Comparison found = judgeAtStandstill(database, bootstrap, suspects, repair);
                database.commit();
                return found;
            } catch (SQLException e) {
                database.rollback();
                if (!IN_THE_WAY.contains(e.getSQLState()) || tries == TRIES) {
                    throw e;
                }
            } catch (StackException e) {
                // Somebody who waits for the standstill to end may hold what the consumer waits for.
                database.rollback();
                if (tries == TRIES) {
                    throw e;
                }
            } finally {
                database.setAutoCommit(true);
            }
        }
    }

    private Comparison judgeAtStandstill(Connection database, String bootstrap, List<UUID> suspects, boolean repair)
            throws SQLException {
        try (Statement patience = database.createStatement()) {
            patience.execute("SET LOCAL lock_timeout = '5s'");
        }
        execute(database, standStill, suspects);
        underWay.awaitArrival(database, bootstrap, STANDSTILL);
        Comparison found = Comparison.again(database, compare, suspects);
        if (repair && !found.drifted().isEmpty()) {
            execute(database, mend, found.drifted());
        }
        return found;
    }

    private static void execute(Connection database, List<String> statements, List<UUID> ids) throws SQLException {
        for (String sql : statements) {
            try (PreparedStatement statement = Comparison.about(database, sql, ids)) {
                statement.execute();
            }
        }
    }
}
