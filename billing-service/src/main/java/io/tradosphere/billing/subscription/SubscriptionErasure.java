package io.tradosphere.billing.subscription;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.sync.StripeErasure;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionCancelled;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The erasure of subscriptions a person has or sells, which end here and at Stripe. The record of the other party stays,
 * anonymised. The person's checkouts are deleted.
 */
@ApplicationScoped
class SubscriptionErasure implements FeatureErasure {

    /** Each subscription is a row, at most two events and a history row. */
    private static final int BATCH_SIZE = 500;

    @IncompleteSql
    private static final String END = """
            UPDATE subscriptions s SET %1$s_id = NULL, status = 'cancelled', cancel_at_period_end = false,
              cancelled_at = coalesce(s.cancelled_at, now()), ended_at = coalesce(s.ended_at, now()),
              access_until = least(s.access_until, now()) %2$s
            WHERE s.id = ANY (ARRAY(
              SELECT id FROM subscriptions WHERE %1$s_id = $1 AND %1$s_incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE))
            RETURNING s.id, old.subscriber_id, s.subscriber_incarnation, old.creator_id, s.creator_incarnation,
              old.status AS previous_status, s.stripe_subscription_id, s.access_until, s.price_monthly, s.currency, s.started_at, s.current_period_end, now() AS changed_at
            """;

    private static final String END_BOUGHT = END.formatted("subscriber", ", stripe_customer_id = NULL");
    private static final String END_SOLD = END.formatted("creator", "");

    private static final String TOMBSTONES = """
            INSERT INTO outbox (topic, key, subject)
            SELECT $1, ended, ended FROM unnest($2::text[]) WITH ORDINALITY AS t(ended, position) ORDER BY position
            """;

    private static final int ROWS_AT_ONCE = 1_000;

    private static final String CHECKOUTS = """
            DELETE FROM checkouts WHERE id IN (
              (SELECT id FROM checkouts WHERE subscriber_id = $1 AND created_at < %1$s LIMIT $3)
              UNION
              (SELECT id FROM checkouts WHERE creator_id = $1 AND created_at < %1$s LIMIT $3))
            RETURNING stripe_session_id AS stripe_id
            """.formatted(ErasureStep.END_OF_LIFE);

    private static final List<ErasureStep> STEPS = List.of(
            ending(END_BOUGHT).covering("subscriptions.subscriber_id"),
            ending(END_SOLD).covering("subscriptions.creator_id"),
            StripeErasure.step(EndCheckout.KIND, CHECKOUTS, ROWS_AT_ONCE)
                    .covering("checkouts.subscriber_id", "checkouts.creator_id"));

    @Override
    public int order() {
        return 1;
    }

    @Override
    public List<ErasureStep> steps() {
        return STEPS;
    }

    private static ErasureStep ending(String sql) {
        return ErasureStep.by((tx, person, incarnation) -> tx.execute(sql, person, incarnation, BATCH_SIZE)
                .chain(ended -> publish(tx, ended).replaceWith(ended.rowCount() > 0)));
    }

    /**
     * Publishes a cancellation only if the subscription was not cancelled before. Every key gets a tombstone, because
     * its last event names the person.
     */
    private static Uni<Void> publish(Tx tx, RowSet<Row> ended) {
        List<SubscriptionCancelled> cancelled = Rows.list(ended, SubscriptionErasure::state).stream()
                .filter(state -> state.previousStatus() != SubscriptionStatus.CANCELLED)
                .map(SubscriptionCancelled::new)
                .toList();
        String[] keys = Rows.list(ended, row -> row.getUUID("id")).stream()
                .map(UUID::toString)
                .toArray(String[]::new);
        return tx.publish(cancelled)
                .chain(() -> StripeErasure.request(tx, CancelSubscription.KIND, ended, "stripe_subscription_id"))
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
                EnumText.parse(SubscriptionStatus.class, row.getString("previous_status")),
                row.getBigDecimal("price_monthly"),
                row.getString("currency"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "current_period_end"),
                Rows.instant(row, "access_until"),
                Rows.instant(row, "changed_at"));
    }
}
