package io.tradosphere.billing.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionCancelled;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Ends the subscriptions a person has or sells. The other party's record stays, without the person's name. */
final class Subscriptions {

    /** Each is a row, at most two events and a row of history. */
    private static final int AT_ONCE = 500;

    private static final String END = """
            UPDATE subscriptions s SET %1$s_id = NULL, status = 'cancelled', cancel_at_period_end = false,
              cancelled_at = coalesce(s.cancelled_at, now()), ended_at = coalesce(s.ended_at, now()) %2$s
            WHERE s.id IN (
              SELECT id FROM subscriptions WHERE %1$s_id = $1 AND %1$s_incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE)
            RETURNING s.id, old.subscriber_id, s.subscriber_incarnation, old.creator_id, s.creator_incarnation,
              old.status AS previous_status, s.price_monthly, s.currency, s.started_at, s.current_period_end, now() AS changed_at
            """;
    private static final String END_BOUGHT = END.formatted("subscriber", ", stripe_customer_id = NULL");
    private static final String END_SOLD = END.formatted("creator", "");

    private static final String TOMBSTONES = """
            INSERT INTO outbox (topic, key, subject)
            SELECT $1, ended, ended FROM unnest($2::text[]) WITH ORDINALITY AS t(ended, position) ORDER BY position
            """;

    static final List<Part> PARTS = List.of(ending(END_BOUGHT), ending(END_SOLD));

    private Subscriptions() {}

    private static Part ending(String sql) {
        return (tx, person, incarnation) -> tx.execute(sql, person, incarnation, AT_ONCE)
                .chain(ended -> announce(tx, ended).replaceWith(ended.rowCount() > 0));
    }

    /** An end that was told before is not told again; but its key ends too, since its last event names the person. */
    private static Uni<Void> announce(Tx tx, RowSet<Row> ended) {
        List<SubscriptionCancelled> news = Rows.list(ended, Subscriptions::state).stream()
                .filter(state -> state.previousStatus() != SubscriptionStatus.CANCELLED)
                .map(SubscriptionCancelled::new)
                .toList();
        String[] keys = Rows.list(ended, row -> row.getUUID("id")).stream()
                .map(UUID::toString)
                .toArray(String[]::new);
        return tx.publish(news)
                .chain(() -> tx.execute(TOMBSTONES, Topic.SUBSCRIPTIONS.topicName(), keys))
                .replaceWithVoid();
    }

    private static SubscriptionState state(Row row) {
        return new SubscriptionState(
                row.getUUID("id"),
                row.getUUID("subscriber_id"),
                row.getLong("subscriber_incarnation"),
                row.getUUID("creator_id"),
                row.getLong("creator_incarnation"),
                SubscriptionStatus.CANCELLED,
                SubscriptionStatus.valueOf(row.getString("previous_status").toUpperCase(Locale.ROOT)),
                row.getBigDecimal("price_monthly"),
                row.getString("currency"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "current_period_end"),
                Rows.instant(row, "changed_at"));
    }
}
