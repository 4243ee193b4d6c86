package io.tradosphere.cli.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.cli.db.MigratedSlices;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParkedRowsTest {

    private TestDatabase database;
    private ParkedRows rows;

    @BeforeEach
    void one_of_each_is_parked_and_one_is_due() throws SQLException {
        database = MigratedSlices.of(Slice.named("billing"));
        rows = new ParkedRows(database.superuser());
        try (Connection connection = database.superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO billing.stripe_objects (id, type, parked_at, reason)
                    VALUES ('sub_parked', 'subscription', '2026-11-30 12:00Z', 'the item has no price'),
                      ('sub_due', 'subscription', NULL, NULL);
                    INSERT INTO billing.stripe_tasks (kind, stripe_id, parked_at, reason)
                    VALUES ('delete-account', 'acct_parked', '2026-11-30 13:00Z', 'there is money on it');
                    """);
        }
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void what_is_parked_is_listed_with_its_reason_oldest_first() {
        assertThat(rows.all())
                .containsExactly(
                        new ParkedRows.Parked(
                                "sub_parked", "fetch subscription", "2026-11-30T12:00:00Z", "the item has no price"),
                        new ParkedRows.Parked(
                                "acct_parked", "delete-account", "2026-11-30T13:00:00Z", "there is money on it"));
    }

    @Test
    void what_is_retried_is_no_longer_parked() {
        assertThat(rows.retry("sub_parked")).isEqualTo(1);
        assertThat(rows.retry("acct_parked")).isEqualTo(1);

        assertThat(rows.all()).isEmpty();
    }

    @Test
    void what_is_not_parked_cannot_be_retried() {
        assertThat(rows.retry("sub_due")).isZero();
    }

    @Test
    void refunds_and_disputes_are_listed_newest_first() throws SQLException {
        try (Connection connection = database.superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO billing.refunds (stripe_id, kind, amount, currency, status, reason, occurred_at)
                    VALUES ('re_1', 'refund', 9.99, 'USD', 'succeeded', NULL, '2026-11-30 12:00Z'),
                      ('du_1', 'dispute', 5, 'JPY', 'lost', 'fraudulent', '2026-11-30 13:00Z');
                    """);
        }

        assertThat(new RefundRows(database.superuser()).latest())
                .containsExactly(
                        new RefundRows.Returned(
                                "du_1", "dispute", "5.000 JPY", "lost", "fraudulent", "2026-11-30T13:00:00Z", "-"),
                        new RefundRows.Returned(
                                "re_1", "refund", "9.990 USD", "succeeded", "-", "2026-11-30T12:00:00Z", "-"));
    }
}
