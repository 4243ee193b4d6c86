package io.tradosphere.billing.tier;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.TierEnded;
import io.tradosphere.contracts.billing.TierEvent;
import io.tradosphere.contracts.billing.TierPurchased;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** The source of the replica of bought tiers. */
@ApplicationScoped
class TierSource implements ReplicaSource, Reconciled {

    private static final String ROWS = """
            SELECT profile_id::text AS key, jsonb_build_object('incarnation', incarnation, 'tier', tier) AS state,
              version::text AS mark
            FROM tier_subscriptions WHERE is_held AND {profile_id}
            """;
    private static final String LOCK = """
            SELECT FROM tier_subscriptions WHERE profile_id::text = ANY ($1::text[]) ORDER BY id FOR UPDATE
            """;
    /** A person who is gone is erased in the replica too. */
    private static final String STATE = """
            SELECT p.id, p.incarnation, coalesce(t.is_held, false) AS is_held, coalesce(t.tier, 'grow') AS tier,
              t.current_period_end, coalesce(t.updated_at, now()) AS changed_at
            FROM profiles p LEFT JOIN tier_subscriptions t ON t.profile_id = p.id
            WHERE p.id::text = ANY ($1::text[]) ORDER BY p.id
            """;

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "tiers";
    }

    @Override
    public Topic topic() {
        return Topic.TIERS;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public Uni<Void> republish(Tx tx, List<String> keys) {
        Object profiles = keys.toArray(String[]::new);
        return tx.execute(LOCK, profiles)
                .chain(() -> tx.execute(STATE, profiles))
                .chain(rows -> tx.publish(Rows.list(rows, TierSource::event)));
    }

    private static TierEvent event(Row row) {
        Tier tier = EnumText.parse(Tier.class, row.getString("tier"));
        Instant at = Rows.instant(row, "changed_at");
        return row.getBoolean("is_held")
                ? new TierPurchased(
                        row.getUUID("id"),
                        row.getLong("incarnation"),
                        tier,
                        Rows.instant(row, "current_period_end"),
                        at)
                : new TierEnded(row.getUUID("id"), row.getLong("incarnation"), tier, at);
    }
}
