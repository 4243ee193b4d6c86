package io.tradosphere.cli.stripe;

import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rows of billing's {@code refunds}. */
final class RefundRows {

    private static final String LATEST = """
            SELECT stripe_id, kind, amount || ' ' || currency, status, coalesce(reason, '-'),
              to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), coalesce(subscription_id::text, '-')
            FROM billing.refunds ORDER BY occurred_at DESC, stripe_id LIMIT 200
            """;

    private final Address superuser;

    /**
     * A refund or a dispute.
     *
     * @param id Stripe's id
     * @param amount with its currency
     * @param since when it began, in UTC
     * @param subscription the subscription's id; a dash when it was paid for something else
     */
    record Returned(
            String id, String kind, String amount, String status, String reason, String since, String subscription) {}

    RefundRows(Address superuser) {
        this.superuser = superuser;
    }

    /**
     * The latest rows, newest first.
     *
     * @throws StackException when the database does not respond; one line
     */
    List<Returned> latest() {
        List<Returned> latest = new ArrayList<>();
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LATEST)) {
            while (rows.next()) {
                latest.add(new Returned(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getString(7)));
            }
            return latest;
        } catch (SQLException e) {
            throw new StackException("Billing's tables cannot be read: " + e.getMessage(), e);
        }
    }
}
