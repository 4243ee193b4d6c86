package io.tradosphere.billing.subscription;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionEvent;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** The source of the replicas of active subscriptions. */
@ApplicationScoped
class SubscriptionSource implements ReplicaSource, Reconciled {

    private static final String ROWS = """
            SELECT concat(subscriber_id, ':', creator_id) AS key,
              jsonb_build_object('subscriber_incarnation', subscriber_incarnation,
                'creator_incarnation', creator_incarnation) AS state,
              version::text AS mark
            FROM subscriptions WHERE status = 'active' AND {subscriber_id}
            """;

    private static final String PAIRS = """
            SELECT key, split_part(key, ':', 1)::uuid AS subscriber_id, split_part(key, ':', 2)::uuid AS creator_id
            FROM unnest($1::text[]) AS key
            """;

    private static final String LOCK = """
            SELECT s.id FROM subscriptions s JOIN (%s) AS pair USING (subscriber_id, creator_id) ORDER BY s.id FOR UPDATE OF s
            """.formatted(PAIRS);

    /** A pair whose persons are gone is erased in every replica. */
    private static final String STATE = """
            SELECT pair.subscriber_id, pair.creator_id, s.id, s.status, s.price_monthly, s.currency, s.started_at,
              s.current_period_end, s.access_until, coalesce(s.updated_at, now()) AS changed_at,
              coalesce(s.subscriber_incarnation, subscriber.incarnation) AS subscriber_incarnation,
              coalesce(s.creator_incarnation, creator.incarnation) AS creator_incarnation
            FROM (%s) AS pair JOIN profiles subscriber ON subscriber.id = pair.subscriber_id
              JOIN profiles creator ON creator.id = pair.creator_id
              LEFT JOIN subscriptions s ON s.subscriber_id = pair.subscriber_id AND s.creator_id = pair.creator_id
            ORDER BY pair.key
            """.formatted(PAIRS);

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "subscriptions";
    }

    @Override
    public Topic topic() {
        return Topic.SUBSCRIPTIONS;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public Uni<Void> republish(Tx tx, List<String> keys) {
        Object pairs = keys.toArray(String[]::new);
        return tx.execute(LOCK, pairs)
                .chain(() -> tx.execute(STATE, pairs))
                .chain(rows -> tx.publish(Rows.list(rows, SubscriptionSource::event)));
    }

    /** A status that is published again is no change of it. */
    private static SubscriptionEvent event(Row row) {
        boolean exists = row.getUUID("id") != null;
        SubscriptionStatus status = exists
                ? EnumText.parse(SubscriptionStatus.class, row.getString("status"))
                : SubscriptionStatus.CANCELLED;
        UUID subscriber = row.getUUID("subscriber_id");
        UUID creator = row.getUUID("creator_id");
        long subscriberIncarnation = row.getLong("subscriber_incarnation");
        long creatorIncarnation = row.getLong("creator_incarnation");
        return StoredSubscription.event(new SubscriptionState(
                exists
                        ? row.getUUID("id")
                        : SubscriptionIds.of(subscriber, subscriberIncarnation, creator, creatorIncarnation),
                subscriber,
                subscriberIncarnation,
                creator,
                creatorIncarnation,
                status,
                status,
                exists ? row.getBigDecimal("price_monthly") : BigDecimal.ZERO,
                exists ? row.getString("currency") : "USD",
                Rows.instant(row, exists ? "started_at" : "changed_at"),
                Rows.instant(row, "current_period_end"),
                Rows.instant(row, exists ? "access_until" : "changed_at"),
                Rows.instant(row, "changed_at")));
    }
}
