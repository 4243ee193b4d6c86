package io.tradosphere.signal.replica;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.reconciliation.ReplicaCopy;
import io.tradosphere.platform.reconciliation.ReplicaRepair;
import io.tradosphere.platform.replica.RelationCopies;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliations of the replicas of follows, blocks and subscriptions, and of follower counts. */
@ApplicationScoped
class ReplicaReconciliation implements Reconciled {

    /** Whether a creator is a star is decided at the next follow. */
    private static final String COMPARE_COUNT = """
            SELECT c.id, jsonb_build_object('follower_count', count(f.follower_id)) AS expected,
              jsonb_build_object('follower_count', c.follower_count) AS actual
            FROM creators c LEFT JOIN follows f ON f.following_id = c.id AND f.is_following
            WHERE {c.id} GROUP BY c.id
            """;

    private static final String LOCK_CREATORS = "SELECT FROM creators WHERE {id} ORDER BY id FOR UPDATE";
    private static final String RECOUNT = """
            UPDATE creators c SET follower_count =
              (SELECT count(*) FROM follows f WHERE f.following_id = c.id AND f.is_following)
            WHERE {c.id}
            """;

    private static final String ACCESSES = """
            SELECT concat(subscriber_id, ':', creator_id) AS key,
              jsonb_build_object('access_until', (extract(epoch FROM access_until) * 1000000)::bigint,
                'subscriber_incarnation', subscriber_incarnation, 'creator_incarnation', creator_incarnation) AS state,
              sequence::text AS mark, sequence
            FROM subscriptions WHERE is_active AND {subscriber_id}
            """;
    private static final String FORGET_ACCESSES = """
            UPDATE subscriptions SET sequence = 0 WHERE (subscriber_id, creator_id) IN (
              SELECT split_part(key, ':', 1)::uuid, split_part(key, ':', 2)::uuid FROM unnest($1::text[]) AS key)
            """;

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                DerivedValue.ofTransaction(
                        "creators.follower_count",
                        Set.of("creators.follower_count"),
                        COMPARE_COUNT,
                        List.of(LOCK_CREATORS),
                        List.of(RECOUNT)),
                RelationCopies.follows(FollowReplica.PURPOSE),
                RelationCopies.blocks(BlockReplica.PURPOSE),
                new ReplicaCopy(
                        "subscriptions",
                        Set.of(
                                "subscriptions.is_active",
                                "subscriptions.access_until",
                                "subscriptions.subscriber_incarnation",
                                "subscriptions.creator_incarnation",
                                "subscriptions.sequence"),
                        "billing",
                        "accesses",
                        Topic.SUBSCRIPTIONS,
                        SubscriptionReplica.PURPOSE,
                        ACCESSES,
                        new ReplicaRepair.Republish(FORGET_ACCESSES)));
    }
}
