package io.tradosphere.billing.subscription;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.sync.CannotApply;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a subscription stands, from what Stripe says of it now and from nothing else. So the order of events does not
 * matter. The table of statuses is in docs/billing.md.
 *
 * @param stripeId Stripe's id
 * @param status ours
 * @param stripeStatus Stripe's own status
 * @param price price a month
 * @param startedAt when it began
 * @param periodStart since when the present period runs
 * @param periodEnd until when the present period runs
 * @param cancelAtPeriodEnd whether it ends by itself at the period's end
 * @param cancelledAt when somebody cancelled it; null when nobody did
 * @param endedAt when it ended; null while it lasts
 * @param accessUntil until when its subscriber has access
 */
public record Standing(
        String stripeId,
        SubscriptionStatus status,
        String stripeStatus,
        Money price,
        Instant startedAt,
        Instant periodStart,
        Instant periodEnd,
        boolean cancelAtPeriodEnd,
        Instant cancelledAt,
        Instant endedAt,
        Instant accessUntil) {

    /**
     * Reads Stripe's object.
     *
     * @param subscription with its latest invoice expanded
     * @param grace how long access lasts after a failed payment, while Stripe tries again
     * @return empty when it never began: its first payment is open, or failed for good
     * @throws CannotApply when it is not a subscription as this service makes them
     */
    public static Optional<Standing> of(Subscription subscription, Duration grace) {
        Optional<SubscriptionStatus> status = status(subscription.getStatus());
        if (status.isEmpty()) {
            return Optional.empty();
        }
        SubscriptionItem item = onlyItem(subscription);
        Instant periodStart = Instant.ofEpochSecond(item.getCurrentPeriodStart());
        Instant periodEnd = Instant.ofEpochSecond(item.getCurrentPeriodEnd());
        Instant endedAt = instant(subscription.getEndedAt());
        boolean ends = Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd()) || subscription.getCancelAt() != null;
        Instant accessUntil =
                switch (status.get()) {
                    case ACTIVE -> ends ? end(subscription, periodEnd) : periodEnd.plus(grace);
                    // The period that is not paid has begun already.
                    case PAST_DUE -> isTriedAgain(subscription) ? periodStart.plus(grace) : periodStart;
                    case UNPAID -> periodStart;
                    case CANCELLED -> endedAt == null ? periodStart : endedAt;
                };
        return Optional.of(new Standing(
                subscription.getId(),
                status.get(),
                subscription.getStatus(),
                Money.ofStripe(item.getPrice().getUnitAmount(), item.getPrice().getCurrency()),
                Instant.ofEpochSecond(
                        subscription.getStartDate() == null ? subscription.getCreated() : subscription.getStartDate()),
                periodStart,
                periodEnd,
                ends && status.get() != SubscriptionStatus.CANCELLED,
                instant(subscription.getCanceledAt()),
                endedAt,
                accessUntil));
    }

    /** Whether it is not over. */
    public boolean isLive() {
        return status != SubscriptionStatus.CANCELLED;
    }

    /** The seed has four statuses, Stripe eight. An unknown one is refused, so that an operator looks. */
    private static Optional<SubscriptionStatus> status(String stripeStatus) {
        return switch (stripeStatus) {
            case "active", "trialing" -> Optional.of(SubscriptionStatus.ACTIVE);
            case "past_due" -> Optional.of(SubscriptionStatus.PAST_DUE);
            case "unpaid", "paused" -> Optional.of(SubscriptionStatus.UNPAID);
            case "canceled" -> Optional.of(SubscriptionStatus.CANCELLED);
            case "incomplete", "incomplete_expired" -> Optional.empty();
            default -> throw new CannotApply("Stripe's status " + stripeStatus + " is unknown");
        };
    }

    private static SubscriptionItem onlyItem(Subscription subscription) {
        if (subscription.getItems() == null || subscription.getItems().getData().size() != 1) {
            throw new CannotApply("a subscription to a creator has one item");
        }
        SubscriptionItem item = subscription.getItems().getData().get(0);
        if (item.getPrice() == null || item.getPrice().getUnitAmount() == null) {
            throw new CannotApply("the item has no price in whole units");
        }
        return item;
    }

    private static Instant end(Subscription subscription, Instant periodEnd) {
        return subscription.getCancelAt() == null ? periodEnd : Instant.ofEpochSecond(subscription.getCancelAt());
    }

    /** Without another attempt the grace would outlast what Stripe does. */
    private static boolean isTriedAgain(Subscription subscription) {
        Invoice latest = subscription.getLatestInvoiceObject();
        return latest == null || latest.getNextPaymentAttempt() != null;
    }

    private static Instant instant(Long epochSecond) {
        return epochSecond == null ? null : Instant.ofEpochSecond(epochSecond);
    }
}
