package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.connect.Accounts;
import io.tradosphere.stripefake.payment.Card;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;
import java.util.Set;

/** Updates of subscriptions, with proration where prices or quantities change within a period. */
final class SubscriptionChange {

    private static final Set<String> ALWAYS = Set.of("metadata", "cancellation_details", "expand");

    private final World world;
    private final SubscriptionLife life;
    private final SubscriptionItems items;
    private final InvoiceItems invoiceItems;
    private final Cancellation cancellation;

    SubscriptionChange(
            World world,
            SubscriptionLife life,
            SubscriptionItems items,
            InvoiceItems invoiceItems,
            Cancellation cancellation) {
        this.world = world;
        this.life = life;
        this.items = items;
        this.invoiceItems = invoiceItems;
        this.cancellation = cancellation;
    }

    /** Checks that a payment method is attached to a customer. */
    static void owned(Resource method, Resource customer) {
        if (!customer.id().equals(method.text("customer"))) {
            throw StripeError.invalid(
                    "resource_missing",
                    "The customer does not have a payment method with the ID " + method.id()
                            + ". The payment method must be attached to the customer.",
                    "default_payment_method");
        }
    }

    /** The {@code transfer_data} of these parameters; null without one. */
    static ObjectNode transferData(Params params) {
        return params.hasValue("transfer_data")
                ? Json.object(
                        "amount_percent", params.in("transfer_data").node("amount_percent"),
                        "destination", params.in("transfer_data").text("destination"))
                : null;
    }

    /** Credits what is unused of the present period. */
    void creditUnused(Resource subscription) {
        if (subscription.hasStatus("active", "past_due")) {
            List<Proration.Wish> gone = items.of(subscription).stream()
                    .map(item -> new Proration.Wish(item, null, 0, true))
                    .toList();
            parts(subscription, gone, subscription.clock().now(), true)
                    .forEach(part -> invoiceItems.proration(subscription, part));
        }
    }

    /** Whether anything waits for its next invoice. */
    boolean hasPending(Resource subscription) {
        return !invoiceItems.pending(life.customer(subscription), subscription).isEmpty();
    }

    /** Whether a change begins a new period now: another interval, or from free to paid. */
    static boolean resets(List<Proration.Wish> wishes, Params params) {
        return "now".equals(params.text("billing_cycle_anchor"))
                || wishes.stream()
                        .anyMatch(wish -> wish.item() != null
                                && !wish.removed()
                                && (!Period.of(wish.item()).equals(Period.of(wish.price()))
                                        || (Lines.amount(
                                                                (ObjectNode) wish.item()
                                                                        .get("price"),
                                                                1)
                                                        == 0
                                                && Lines.amount(wish.price().json(), 1) > 0)));
    }

    /** The prorations of a change. */
    List<Proration.Part> parts(Resource subscription, List<Proration.Wish> wishes, long at, boolean charge) {
        Resource first = items.of(subscription).get(0);
        return Proration.of(
                wishes, first.number("current_period_start"), first.number("current_period_end"), at, charge);
    }

    /** Updates a subscription. */
    Resource update(Call call) {
        Resource subscription = call.named(SubscriptionLife.TYPE);
        Params params = call.params();
        if (subscription.hasStatus("canceled", "incomplete_expired")
                && params.json().properties().stream().anyMatch(member -> !ALWAYS.contains(member.getKey()))) {
            throw StripeError.invalid(
                    null, "A canceled subscription can only update its cancellation_details and metadata.", null);
        }
        List<Proration.Wish> wishes =
                params.has("items") ? items.wishes(call, subscription, params.each("items")) : List.of();
        if (subscription.hasStatus("incomplete") && !wishes.isEmpty()) {
            throw StripeError.invalid(
                    null,
                    "The items of an incomplete subscription cannot be changed. Pay its first invoice first.",
                    "items");
        }
        Resource method = method(call, subscription);
        check(subscription, params, wishes, method);
        Resource[] invoice = new Resource[1];
        call.change(subscription, "customer.subscription.updated", it -> {
            copy(call, it, method);
            invoice[0] = apply(it, params, wishes);
            cancellation.apply(it, params);
        });
        if (!subscription.hasStatus("canceled", "incomplete_expired", "incomplete")) {
            life.watch(subscription);
        }
        if (invoice[0] != null) {
            life.finishAndCollect(invoice[0]);
        }
        return subscription;
    }

    private Resource apply(Resource subscription, Params params, List<Proration.Wish> wishes) {
        boolean trial = subscription.hasStatus("trialing");
        long now = subscription.clock().now();
        boolean endTrial = trial && "now".equals(params.text("trial_end"));
        boolean reset = endTrial
                || (!trial && resets(wishes, params))
                || (!trial && "now".equals(params.text("billing_cycle_anchor")));
        String behaviour = params.text("proration_behavior", "create_prorations");
        boolean anyChange = wishes.stream().anyMatch(Proration.Wish::changes);
        if (!trial && (anyChange || reset) && !behaviour.equals("none")) {
            List<Proration.Wish> all = wishes.isEmpty() ? items.asTheyAre(subscription) : wishes;
            parts(subscription, all, params.number("proration_date", now), !reset)
                    .forEach(part -> invoiceItems.proration(subscription, part));
        }
        items.replace(subscription, params.each("items"), wishes);
        if (params.hasValue("trial_end") && !endTrial) {
            extend(subscription, params.number("trial_end", 0));
        }
        if (reset) {
            subscription.set("billing_cycle_anchor", now);
            if (endTrial) {
                subscription.set("status", "active").set("trial_end", now);
            }
            items.of(subscription)
                    .forEach(item -> item.set("current_period_start", now)
                            .set("current_period_end", Period.of(item).after(now)));
            return life.invoiceNow(subscription, "subscription_update", life.lines(subscription, false));
        }
        return behaviour.equals("always_invoice") && anyChange && hasPending(subscription)
                ? life.invoiceNow(subscription, "subscription_update", List.of())
                : null;
    }

    private void extend(Resource subscription, long trialEnd) {
        subscription
                .set("status", "trialing")
                .set("trial_end", trialEnd)
                .set("trial_start", subscription.clock().now())
                .set("billing_cycle_anchor", trialEnd);
        items.of(subscription).forEach(item -> item.set("current_period_end", trialEnd));
    }

    private Resource method(Call call, Resource subscription) {
        String id = call.params().text("default_payment_method");
        if (id == null) {
            return null;
        }
        Resource method = PaymentMethods.resolve(call, id, "default_payment_method");
        Resource customer = life.customer(subscription);
        if (id.startsWith("pm_card_")) {
            PaymentMethods.attach(world, method, customer);
        }
        owned(method, customer);
        return method;
    }

    private void check(Resource subscription, Params params, List<Proration.Wish> wishes, Resource method) {
        if (params.in("transfer_data").hasValue("destination")) {
            Accounts.payable(world, params.in("transfer_data").text("destination"), "transfer_data[destination]");
        }
        long now = subscription.clock().now();
        if (params.node("trial_end") != null
                && params.node("trial_end").isNumber()
                && params.number("trial_end") <= now) {
            throw StripeError.invalid(null, "The trial_end must be in the future, or `now`.", "trial_end");
        }
        Resource payer = method != null ? method : payer(subscription);
        boolean strict = "error_if_incomplete".equals(params.text("payment_behavior"));
        boolean charged = resets(wishes, params) || "always_invoice".equals(params.text("proration_behavior"));
        if (strict && charged && payer != null) {
            Card card = PaymentMethods.card(payer);
            if (card.does() == Card.Does.DECLINE || card.does() == Card.Does.AUTHENTICATE) {
                throw card.refusal();
            }
        }
    }

    private Resource payer(Resource subscription) {
        String id = subscription.text("default_payment_method");
        return id == null
                ? PaymentMethods.defaultOf(world, life.customer(subscription))
                : world.store().find("payment_method", id).orElse(null);
    }

    private void copy(Call call, Resource subscription, Resource method) {
        Params params = call.params();
        call.copy(
                subscription,
                "description",
                "application_fee_percent",
                "on_behalf_of",
                "collection_method",
                "days_until_due",
                "trial_settings",
                "pause_collection");
        if (params.has("transfer_data")) {
            subscription.set("transfer_data", transferData(params));
        }
        if (params.has("default_payment_method")) {
            subscription.set("default_payment_method", method);
        }
        params.in("cancellation_details")
                .json()
                .properties()
                .forEach(member -> subscription.set("cancellation_details." + member.getKey(), member.getValue()));
        params.in("payment_settings")
                .json()
                .properties()
                .forEach(member -> subscription.set("payment_settings." + member.getKey(), member.getValue()));
        long resumes = params.in("pause_collection").number("resumes_at", 0);
        String timer = subscription.id() + ":collection";
        if (resumes > 0) {
            subscription
                    .clock()
                    .at(
                            timer,
                            resumes,
                            () -> world.change(
                                    subscription,
                                    "customer.subscription.updated",
                                    it -> it.set("pause_collection", null)));
        }
    }
}
