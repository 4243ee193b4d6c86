package io.tradosphere.billing.subscription;

import com.stripe.model.Subscription;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.sync.CannotApply;
import io.tradosphere.billing.sync.StripeTasks;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Subscriptions to creators. The row follows Stripe, and each change of it is an event. */
@ApplicationScoped
public class CreatorSubscriptions implements SubscriptionKind {

    /** The key in the metadata of Stripe's object that names the row. */
    public static final String METADATA = "tradosphere_subscription";

    /** Two subscriptions of one pair may arrive at once before there is a row to lock. */
    static final String LOCK = "SELECT auth.lock('subscription ' || $1::uuid)";

    private static final String FIND =
            "SELECT " + StoredSubscription.COLUMNS + " FROM subscriptions WHERE id = $1 FOR UPDATE";
    private static final String PARTIES = """
            SELECT s.id AS subscriber_id, s.incarnation AS subscriber_incarnation, c.id AS creator_id,
              c.incarnation AS creator_incarnation
            FROM checkouts k JOIN profiles s ON s.id = k.subscriber_id JOIN profiles c ON c.id = k.creator_id
            WHERE k.subscription_id = $1 LIMIT 1
            """;
    private static final String INSERT = """
            INSERT INTO subscriptions (id, subscriber_id, subscriber_incarnation, creator_id, creator_incarnation,
              status, price_monthly, currency, started_at)
            VALUES ($1, $2, $3, $4, $5, 'cancelled', $6, $7, $8)
            RETURNING
            """ + StoredSubscription.COLUMNS;
    private static final String UPDATE = """
            UPDATE subscriptions SET stripe_subscription_id = $2, stripe_customer_id = $3, status = $4, stripe_status = $5,
              price_monthly = $6, currency = $7, started_at = $8, current_period_start = $9, current_period_end = $10,
              cancel_at_period_end = $11, cancelled_at = $12, ended_at = $13, access_until = $14
            WHERE id = $1 AND (stripe_subscription_id, stripe_customer_id, status, stripe_status, price_monthly, currency,
                started_at, current_period_start, current_period_end, cancel_at_period_end, cancelled_at, ended_at,
                access_until)
              IS DISTINCT FROM ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            RETURNING subscriber_incarnation, creator_incarnation, updated_at, version
            """;

    private final StripeTasks tasks;
    private final BlockedSubscriptions blocked;
    private final Duration grace;

    CreatorSubscriptions(
            StripeTasks tasks,
            BlockedSubscriptions blocked,
            @ConfigProperty(name = "tradosphere.subscription.grace-days") int graceDays) {
        this.tasks = tasks;
        this.blocked = blocked;
        this.grace = Duration.ofDays(graceDays);
    }

    @Override
    public String metadata() {
        return METADATA;
    }

    @Override
    public Uni<Void> apply(Tx tx, UUID id, Subscription fetched) {
        return Standing.of(fetched, grace)
                .map(standing -> apply(tx, id, fetched.getCustomer(), standing))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> apply(Tx tx, UUID id, String customer, Standing standing) {
        return tx.execute(LOCK, id)
                .chain(() -> tx.execute(FIND, id))
                .chain(rows -> Rows.first(rows, StoredSubscription::of)
                        .map(row -> Uni.createFrom().item(row))
                        .orElseGet(() -> create(tx, id, standing)))
                .chain(row -> applyTo(tx, row, customer, standing));
    }

    private static Uni<StoredSubscription> create(Tx tx, UUID id, Standing standing) {
        return tx.execute(PARTIES, id)
                .map(rows -> Rows.first(rows, row -> row)
                        .orElseThrow(
                                () -> new CannotApply("no checkout of this service began it, or its person is erased")))
                .chain(parties -> tx.execute(
                        INSERT,
                        id,
                        parties.getUUID("subscriber_id"),
                        parties.getLong("subscriber_incarnation"),
                        parties.getUUID("creator_id"),
                        parties.getLong("creator_incarnation"),
                        standing.price().decimal(),
                        standing.price().currency().code(),
                        time(standing.startedAt())))
                .map(rows -> StoredSubscription.of(rows.iterator().next()));
    }

    private Uni<Void> applyTo(Tx tx, StoredSubscription row, String customer, Standing standing) {
        if (row.isAnonymous()) {
            if (standing.isLive()) {
                throw new CannotApply("it lives on at Stripe, but one of its parties is erased");
            }
            return Uni.createFrom().voidItem();
        }
        return switch (Succession.of(row.stripeId(), row.isLive(), row.accessUntil(), standing)) {
            case APPLY -> update(tx, row, customer, standing).chain(() -> blocked.endIfBlocked(tx, row, standing));
            case DUPLICATE -> tasks.request(tx, DuplicateSubscription.KIND, standing.stripeId(), row.stripeId());
            case IGNORE -> Uni.createFrom().voidItem();
        };
    }

    private static Uni<Void> update(Tx tx, StoredSubscription row, String customer, Standing standing) {
        return tx.execute(
                        UPDATE,
                        row.id(),
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
                        time(standing.accessUntil()))
                .chain(changed -> Rows.first(changed, updated -> updated)
                        .map(updated -> tx.publishVersion(
                                updated.getLong("version"), StoredSubscription.event(state(row, standing, updated))))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static SubscriptionState state(StoredSubscription row, Standing standing, Row updated) {
        // A row that was never live is new to everybody.
        SubscriptionStatus previous = row.stripeId() == null ? null : row.status();
        return new SubscriptionState(
                row.id(),
                row.subscriberId(),
                updated.getLong("subscriber_incarnation"),
                row.creatorId(),
                updated.getLong("creator_incarnation"),
                standing.status(),
                previous,
                standing.price().decimal(),
                standing.price().currency().code(),
                standing.startedAt(),
                standing.periodEnd(),
                standing.accessUntil(),
                Rows.instant(updated, "updated_at"));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
