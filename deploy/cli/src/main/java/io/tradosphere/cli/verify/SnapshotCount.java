package io.tradosphere.cli.verify;

import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * A count that moves in the transaction of what it counts, in the same slice. One statement sees both at one instant, so every
 * difference is drift, whatever is under way.
 *
 * @param name the count
 * @param compare as {@link Comparison#of} takes it
 * @param lock locks one row, so that whoever is about to move it waits
 * @param recount counts one row anew; in a statement of its own after the lock, so that it sees what committed before it
 */
record SnapshotCount(String name, String compare, String lock, String recount) implements Reconciliation {

    @Override
    public Outcome run(Endpoints endpoints, boolean repair) {
        try (Connection connection =
                Address.parse(endpoints.get("POSTGRES_URL")).connect()) {
            Comparison found = Comparison.of(connection, compare);
            return new Outcome(
                    found.rows(),
                    found.drifted().size(),
                    repair ? mend(connection, found.drifted()) : 0,
                    found.shown());
        } catch (SQLException e) {
            throw new StackException("Cannot compare " + name + ": " + e.getMessage(), e);
        }
    }

    private long mend(Connection connection, List<UUID> drifted) throws SQLException {
        connection.setAutoCommit(false);
        for (UUID id : drifted) {
            for (String step : List.of(lock, recount)) {
                try (PreparedStatement statement = connection.prepareStatement(step)) {
                    statement.setObject(1, id);
                    statement.execute();
                }
            }
            connection.commit();
        }
        return drifted.size();
    }
}
