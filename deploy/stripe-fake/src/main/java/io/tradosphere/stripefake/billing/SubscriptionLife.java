package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.Settings;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** What happens to a subscription as time passes and its invoices are paid or not. */
public final class SubscriptionLife implements Collecting.Listener {

    static final String TYPE = "subscription";
    private static final String UPDATED = "customer.subscription.updated";
    private static final long INCOMPLETE_SECONDS = 23 * 3_600L;
    private static final long TRIAL_NOTICE_SECONDS = 3 * 86_400L;

    private final World world;
    private final SubscriptionItems items;
    private final Invoicing invoicing;
    private final Collecting collecting;

    SubscriptionLife(World world, SubscriptionItems items, Invoicing invoicing, Collecting collecting) {
        this.world = world;
        this.items = items;
        this.invoicing = invoicing;
        this.collecting = collecting;
        collecting.listen(this);
    }

    /** Its customer. */
    Resource customer(Resource subscription) {
        return world.store().find("customer", subscription.text("customer")).orElseThrow();
    }

    /**
     * Starts a new subscription: its first invoice, and the first payment.
     *
     * @param collect whether it is collected now
     */
    void start(Resource subscription, boolean collect) {
        boolean trial = subscription.hasStatus("trialing");
        Resource invoice = invoicing.draft(
                customer(subscription), subscription, "subscription_create", lines(subscription, trial), true);
        subscription.set("latest_invoice", invoice);
        world.emit(subscription, "customer.subscription.created");
        watch(subscription);
        if (!trial) {
            expireLater(subscription);
        }
        invoicing.finish(invoice);
        if (collect) {
            collecting.automatic(invoice);
        }
        if (invoice.hasStatus("open") && "send_invoice".equals(invoice.text("collection_method"))) {
            activate(subscription);
        }
    }

    /** Sets its timers: the end of the period or trial, and the time at which it is cancelled. */
    void watch(Resource subscription) {
        String id = subscription.id();
        subscription.clock().at(id + ":period", items.periodEnd(subscription), () -> periodEnds(subscription));
        long cancelAt = subscription.number("cancel_at");
        if (cancelAt > 0) {
            subscription.clock().at(id + ":cancel", cancelAt, () -> end(subscription, "cancellation_requested"));
        } else {
            subscription.clock().cancel(id + ":cancel");
        }
        long notice = subscription.number("trial_end") - TRIAL_NOTICE_SECONDS;
        if (subscription.hasStatus("trialing")) {
            subscription
                    .clock()
                    .at(id + ":trial", Math.max(notice, subscription.clock().now()), () -> {
                        if (subscription.hasStatus("trialing")) {
                            world.emit(subscription, "customer.subscription.trial_will_end");
                        }
                    });
        }
    }

    /** Begins a new period now and invoices it. The items' periods are set already. */
    Resource invoiceNow(Resource subscription, String reason, List<ObjectNode> lines) {
        Resource invoice = invoicing.draft(customer(subscription), subscription, reason, lines, true);
        subscription.set("latest_invoice", invoice);
        return invoice;
    }

    /** Finalizes an invoice and collects it. */
    void finishAndCollect(Resource invoice) {
        invoicing.finish(invoice);
        collecting.automatic(invoice);
    }

    /** The lines of the present period. */
    List<ObjectNode> lines(Resource subscription, boolean free) {
        return items.of(subscription).stream()
                .map(item -> Lines.ofItem(
                        world.ids(),
                        item,
                        item.number("current_period_start"),
                        item.number("current_period_end"),
                        free))
                .toList();
    }

    /** Ends a subscription now. */
    void end(Resource subscription, String reason) {
        if (subscription.hasStatus("canceled", "incomplete_expired")) {
            return;
        }
        boolean never = subscription.hasStatus("incomplete");
        stopTimers(subscription);
        long now = subscription.clock().now();
        subscription.set("status", never ? "incomplete_expired" : "canceled").set("ended_at", now);
        if (subscription.text("canceled_at") == null) {
            subscription.set("canceled_at", now);
        }
        if (reason != null) {
            subscription.set("cancellation_details.reason", reason);
        }
        for (Resource invoice : invoices(subscription)) {
            if (never && invoice.hasStatus("open")) {
                collecting.voided(invoice);
            } else if (invoice.hasStatus("draft", "open")) {
                collecting.halt(invoice);
            }
        }
        world.emit(subscription, "customer.subscription.deleted");
    }

    @Override
    public void paid(Resource invoice) {
        Resource subscription = collecting.subscription(invoice);
        if (subscription != null && invoice.id().equals(subscription.text("latest_invoice"))) {
            activate(subscription);
        }
    }

    @Override
    public void failed(Resource invoice, boolean last) {
        Resource subscription = collecting.subscription(invoice);
        if (subscription == null || subscription.hasStatus("incomplete", "canceled", "incomplete_expired", "paused")) {
            return;
        }
        Settings.AfterRetries then = world.settings().afterRetries();
        if (last && then == Settings.AfterRetries.CANCEL) {
            end(subscription, "payment_failed");
        } else if (last && then == Settings.AfterRetries.UNPAID) {
            world.change(subscription, UPDATED, it -> it.set("status", "unpaid"));
        } else if (!subscription.hasStatus("unpaid")) {
            world.change(subscription, UPDATED, it -> it.set("status", "past_due"));
        }
    }

    private void activate(Resource subscription) {
        if (subscription.hasStatus("incomplete", "past_due", "unpaid")) {
            subscription.clock().cancel(subscription.id() + ":expire");
            world.change(subscription, UPDATED, it -> it.set("status", "active"));
        }
    }

    private void expireLater(Resource subscription) {
        subscription
                .clock()
                .at(subscription.id() + ":expire", subscription.clock().now() + INCOMPLETE_SECONDS, () -> {
                    if (subscription.hasStatus("incomplete")) {
                        stopTimers(subscription);
                        world.change(
                                subscription,
                                UPDATED,
                                it -> it.set("status", "incomplete_expired")
                                        .set("ended_at", it.clock().now()));
                        invoices(subscription).stream()
                                .filter(invoice -> invoice.hasStatus("open"))
                                .forEach(collecting::voided);
                    }
                });
    }

    private void periodEnds(Resource subscription) {
        long now = subscription.clock().now();
        if (!subscription.hasStatus("trialing", "active", "past_due", "unpaid")) {
            return;
        }
        if (subscription.number("cancel_at") > 0 && subscription.number("cancel_at") <= now) {
            end(subscription, "cancellation_requested");
            return;
        }
        boolean trialEnds = subscription.hasStatus("trialing");
        if (trialEnds && endsWithoutCard(subscription)) {
            return;
        }
        world.change(subscription, UPDATED, it -> {
            long anchor = it.number("billing_cycle_anchor");
            items.of(it).stream()
                    .filter(item -> item.number("current_period_end") <= now)
                    .forEach(item -> item.set("current_period_start", item.number("current_period_end"))
                            .set(
                                    "current_period_end",
                                    Period.of(item).after(anchor, item.number("current_period_end"))));
            if (trialEnds) {
                it.set("status", "active");
            }
            Resource invoice = invoiceNow(it, "subscription_cycle", lines(it, false));
            advance(it, invoice);
        });
        watch(subscription);
    }

    /** What becomes of a renewal's draft: it is collected, unless the subscription is unpaid or its collection paused. */
    private void advance(Resource subscription, Resource invoice) {
        String paused = subscription.text("pause_collection.behavior");
        if (subscription.hasStatus("unpaid") || "keep_as_draft".equals(paused)) {
            invoice.set("auto_advance", false);
        } else if (paused != null) {
            invoicing.finish(invoice);
            if (invoice.hasStatus("open") && paused.equals("void")) {
                collecting.voided(invoice);
            } else if (invoice.hasStatus("open")) {
                collecting.uncollectible(invoice);
            }
        } else {
            invoicing.later(invoice);
        }
    }

    private boolean endsWithoutCard(Resource subscription) {
        String then = subscription.text("trial_settings.end_behavior.missing_payment_method");
        Resource latest = world.store()
                .find("invoice", subscription.text("latest_invoice"))
                .orElseThrow();
        if (then == null || then.equals("create_invoice") || collecting.method(latest) != null) {
            return false;
        }
        if (then.equals("cancel")) {
            end(subscription, "payment_failed");
        } else {
            subscription.set("status", "paused");
            world.emit(subscription, "customer.subscription.paused");
        }
        return true;
    }

    private void stopTimers(Resource subscription) {
        for (String timer : new String[] {":period", ":cancel", ":trial", ":expire", ":collection"}) {
            subscription.clock().cancel(subscription.id() + timer);
        }
    }

    private List<Resource> invoices(Resource subscription) {
        return world.store()
                .all("invoice", it -> subscription.id().equals(it.text("parent.subscription_details.subscription")));
    }
}
