package io.tradosphere.billing.tier;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.billing.TierEnded;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** A scheduled job that ends tiers whose grace is over, when no change at Stripe says so. */
@ApplicationScoped
class TierLapses implements ScheduledJob {

    private static final String END = """
            WITH lapsed AS MATERIALIZED (
              SELECT id FROM tier_subscriptions WHERE is_held AND held_until <= now() ORDER BY id LIMIT 500
              FOR UPDATE SKIP LOCKED)
            UPDATE tier_subscriptions AS t SET is_held = false FROM lapsed WHERE t.id = lapsed.id
            RETURNING t.profile_id, t.incarnation, t.tier, t.version, t.updated_at
            """;

    private final SliceDatabase slice;

    TierLapses(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "tier-lapses";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorkerInBatches(tx -> tx.execute(END).chain(rows -> {
            SortedMap<Long, TierEnded> ended = new TreeMap<>();
            rows.forEach(row -> ended.put(row.getLong("version"), event(row)));
            return tx.publishVersions(ended).replaceWith(rows.size() > 0);
        }));
    }

    private static TierEnded event(Row row) {
        return new TierEnded(
                row.getUUID("profile_id"),
                row.getLong("incarnation"),
                EnumText.parse(Tier.class, row.getString("tier")),
                Rows.instant(row, "updated_at"));
    }
}
