package io.tradosphere.cli.stripe;

import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The parked rows of billing's {@code stripe_objects} and {@code stripe_tasks}. */
final class ParkedRows {

    private static final String PARKED = """
            SELECT id, kind, to_char(parked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), reason FROM (
              SELECT id, 'fetch ' || type AS kind, parked_at, reason FROM billing.stripe_objects
              UNION ALL
              SELECT stripe_id, kind, parked_at, reason FROM billing.stripe_tasks) AS parked
            WHERE parked_at IS NOT NULL ORDER BY parked_at, id
            """;
    private static final List<String> RETRY = List.of("""
            UPDATE billing.stripe_objects SET parked_at = NULL, attempts = 0, next_attempt_at = now()
            WHERE id = ? AND parked_at IS NOT NULL
            """, """
            UPDATE billing.stripe_tasks SET parked_at = NULL, attempts = 0, next_attempt_at = now()
            WHERE stripe_id = ? AND parked_at IS NOT NULL
            """);

    private final Address superuser;

    /**
     * A parked row.
     *
     * @param id Stripe's id of the object
     * @param what what was to be done
     * @param since when it was parked, in UTC
     * @param reason why it could not be done
     */
    record Parked(String id, String what, String since, String reason) {}

    ParkedRows(Address superuser) {
        this.superuser = superuser;
    }

    /**
     * The parked rows, oldest first.
     *
     * @throws StackException when the database does not respond; one line
     */
    List<Parked> all() {
        List<Parked> parked = new ArrayList<>();
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(PARKED)) {
            while (rows.next()) {
                parked.add(new Parked(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
            return parked;
        } catch (SQLException e) {
            throw new StackException("Billing's tables cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Lets the service try again what is parked for an object.
     *
     * @return how many rows were parked
     * @throws StackException when the database does not respond; one line
     */
    int retry(String id) {
        int retried = 0;
        try (Connection connection = superuser.connect()) {
            for (String sql : RETRY) {
                try (PreparedStatement update = connection.prepareStatement(sql)) {
                    update.setString(1, id);
                    retried += update.executeUpdate();
                }
            }
            return retried;
        } catch (SQLException e) {
            throw new StackException("Billing's tables cannot be changed: " + e.getMessage(), e);
        }
    }
}
