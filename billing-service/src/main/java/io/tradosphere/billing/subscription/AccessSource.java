package io.tradosphere.billing.subscription;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The source of the replicas of who has access to a creator until when: subscriptions that are not cancelled. */
@ApplicationScoped
class AccessSource implements ReplicaSource, Reconciled {

    private static final String ROWS = """
            SELECT concat(subscriber_id, ':', creator_id) AS key,
              jsonb_build_object('access_until', (extract(epoch FROM access_until) * 1000000)::bigint,
                'subscriber_incarnation', subscriber_incarnation, 'creator_incarnation', creator_incarnation) AS state,
              version::text AS mark
            FROM subscriptions WHERE status <> 'cancelled' AND {subscriber_id}
            """;

    private final SubscriptionSource subscriptions;

    AccessSource(SubscriptionSource subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "accesses";
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
        return subscriptions.republish(tx, keys);
    }
}
