package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Objects;

/**
 * Erasure steps whose rows stand for something at Stripe. The person's row goes, and in the same transaction a task is stored
 * that names no person. Its Stripe id is dropped after Stripe's yes.
 */
public final class StripeErasure {

    /** The result column of the statements. */
    private static final String STRIPE_ID = "stripe_id";

    private static final String TASKS = """
            INSERT INTO stripe_tasks (kind, stripe_id) SELECT $1, id FROM unnest($2::text[]) AS ids (id) ORDER BY id
            ON CONFLICT DO NOTHING
            """;

    private StripeErasure() {}

    /**
     * A step that one statement does in batches, until it returns no row.
     *
     * @param kind the task at Stripe for each row
     * @param sql returns the column {@code stripe_id}; its arguments are the profile's id, the incarnation and the maximum
     *     number of rows
     */
    public static ErasureStep step(String kind, String sql, int maxRows) {
        return ErasureStep.by((tx, person, incarnation) -> tx.execute(sql, person, incarnation, maxRows)
                .call(rows -> request(tx, kind, rows, STRIPE_ID))
                .map(rows -> rows.rowCount() > 0));
    }

    /** Requests a task for each row with a Stripe id in that column. */
    public static Uni<Void> request(Tx tx, String kind, RowSet<Row> rows, String column) {
        String[] ids = Rows.list(rows, row -> row.getString(column)).stream()
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        return tx.execute(TASKS, kind, ids).replaceWithVoid();
    }
}
