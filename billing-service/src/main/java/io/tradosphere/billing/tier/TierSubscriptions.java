package io.tradosphere.billing.tier;

import com.stripe.model.Subscription;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.subscription.DuplicateSubscription;
import io.tradosphere.billing.subscription.Standing;
import io.tradosphere.billing.subscription.SubscriptionKind;
import io.tradosphere.billing.subscription.Succession;
import io.tradosphere.billing.sync.CannotApply;
import io.tradosphere.billing.sync.StripeTasks;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.billing.TierEnded;
import io.tradosphere.contracts.billing.TierEvent;
import io.tradosphere.contracts.billing.TierPurchased;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Subscriptions to the platform. The row follows Stripe; what a person holds by it is published. */
@ApplicationScoped
class TierSubscriptions implements SubscriptionKind {

    /** The key in the metadata of Stripe's object that names the row. */
    static final String METADATA = "tradosphere_tier_subscription";

    /** Two subscriptions of one person may arrive at once before there is a row to lock. */
    private static final String LOCK = "SELECT auth.lock('tier subscription ' || $1::uuid)";

    private static final String COLUMNS = "id, profile_id, stripe_subscription_id, status, held_until";
    private static final String FIND = "SELECT " + COLUMNS + " FROM tier_subscriptions WHERE id = $1 FOR UPDATE";
    private static final String INSERT = """
            INSERT INTO tier_subscriptions (id, profile_id, incarnation, tier, status, price_monthly, currency, started_at)
            SELECT $1, p.id, p.incarnation, $2, 'cancelled', $3, $4, $5
            FROM checkouts k JOIN profiles p ON p.id = k.subscriber_id WHERE k.subscription_id = $1 LIMIT 1
            RETURNING
            """ + COLUMNS;
    private static final String UPDATE = """
            UPDATE tier_subscriptions SET stripe_subscription_id = $2, stripe_customer_id = $3, status = $4, stripe_status = $5,
              price_monthly = $6, currency = $7, started_at = $8, current_period_start = $9, current_period_end = $10,
              cancel_at_period_end = $11, cancelled_at = $12, ended_at = $13, held_until = $14, tier = $15, next_tier = $16,
              is_held = $4 <> 'cancelled' AND $14 > now()
            WHERE id = $1 AND (stripe_subscription_id, stripe_customer_id, status, stripe_status, price_monthly, currency,
                started_at, current_period_start, current_period_end, cancel_at_period_end, cancelled_at, ended_at,
                held_until, tier, next_tier, is_held)
              IS DISTINCT FROM ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                $4 <> 'cancelled' AND $14 > now())
            RETURNING profile_id, incarnation, updated_at, version, is_held, old.is_held AS was_held, old.tier AS old_tier,
              old.current_period_end AS old_period_end
            """;

    private final StripeTasks tasks;
    private final Duration grace;

    /**
     * @param stripeId Stripe's id of the subscription that the row shows; null when it shows none
     * @param heldUntil until when that holds the tier
     */
    private record Stored(UUID id, UUID profile, String stripeId, boolean isLive, Instant heldUntil) {

        static Stored of(Row row) {
            return new Stored(
                    row.getUUID("id"),
                    row.getUUID("profile_id"),
                    row.getString("stripe_subscription_id"),
                    !row.getString("status").equals("cancelled"),
                    Rows.instant(row, "held_until"));
        }
    }

    TierSubscriptions(StripeTasks tasks, @ConfigProperty(name = "tradosphere.subscription.grace-days") int graceDays) {
        this.tasks = tasks;
        this.grace = Duration.ofDays(graceDays);
    }

    @Override
    public String metadata() {
        return METADATA;
    }

    @Override
    public Uni<Void> apply(Tx tx, UUID id, Subscription fetched) {
        return Standing.of(fetched, grace)
                .map(standing -> apply(tx, id, fetched.getCustomer(), standing, TierStanding.of(fetched)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> apply(Tx tx, UUID id, String customer, Standing standing, TierStanding tier) {
        return tx.execute(LOCK, id)
                .chain(() -> tx.execute(FIND, id))
                .chain(rows -> Rows.first(rows, Stored::of)
                        .map(row -> Uni.createFrom().item(row))
                        .orElseGet(() -> create(tx, id, standing, tier)))
                .chain(row -> applyTo(tx, row, customer, standing, tier));
    }

    private static Uni<Stored> create(Tx tx, UUID id, Standing standing, TierStanding tier) {
        return tx.execute(
                        INSERT,
                        id,
                        EnumText.of(tier.tier()),
                        standing.price().decimal(),
                        standing.price().currency().code(),
                        time(standing.startedAt()))
                .map(rows -> Rows.first(rows, Stored::of)
                        .orElseThrow(() ->
                                new CannotApply("no checkout of this service began it, or its person is erased")));
    }

    private Uni<Void> applyTo(Tx tx, Stored row, String customer, Standing standing, TierStanding tier) {
        if (row.profile() == null) {
            if (standing.isLive()) {
                throw new CannotApply("it lives on at Stripe, but its person is erased");
            }
            return Uni.createFrom().voidItem();
        }
        return switch (Succession.of(row.stripeId(), row.isLive(), row.heldUntil(), standing)) {
            case APPLY -> update(tx, row.id(), customer, standing, tier);
            case DUPLICATE -> tasks.request(tx, DuplicateSubscription.KIND, standing.stripeId(), row.stripeId());
            case IGNORE -> Uni.createFrom().voidItem();
        };
    }

    private static Uni<Void> update(Tx tx, UUID id, String customer, Standing standing, TierStanding tier) {
        return tx.execute(
                        UPDATE,
                        id,
                        standing.stripeId(),
                        customer,
                        EnumText.of(standing.status()),
                        standing.stripeStatus(),
                        standing.price().decimal(),
                        standing.price().currency().code(),
                        time(standing.startedAt()),
                        time(standing.periodStart()),
                        time(standing.periodEnd()),
                        standing.cancelAtPeriodEnd(),
                        time(standing.cancelledAt()),
                        time(standing.endedAt()),
                        time(standing.accessUntil()),
                        EnumText.of(tier.tier()),
                        // Of one that ends there is no next period.
                        tier.next()
                                .filter(next -> standing.isLive() && !standing.cancelAtPeriodEnd())
                                .map(EnumText::of)
                                .orElse(null))
                .chain(changed -> Rows.first(changed, updated -> updated)
                        .map(updated -> publish(tx, updated, standing, tier.tier()))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static Uni<Void> publish(Tx tx, Row updated, Standing standing, Tier tier) {
        boolean holds = updated.getBoolean("is_held");
        boolean held = updated.getBoolean("was_held");
        Tier before = EnumText.parse(Tier.class, updated.getString("old_tier"));
        boolean isNews = !held
                || tier != before
                || !Objects.equals(standing.periodEnd(), Rows.instant(updated, "old_period_end"));
        if (holds ? !isNews : !held) {
            return Uni.createFrom().voidItem();
        }
        UUID profile = updated.getUUID("profile_id");
        long incarnation = updated.getLong("incarnation");
        Instant at = Rows.instant(updated, "updated_at");
        TierEvent event = holds
                ? new TierPurchased(profile, incarnation, tier, standing.periodEnd(), at)
                : new TierEnded(profile, incarnation, before, at);
        return tx.publishVersion(updated.getLong("version"), event);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
