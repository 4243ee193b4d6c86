package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Opens subscriptions: by the API, and by Checkout. */
public final class Opening {

    private final World world;
    private final SubscriptionLife life;
    private final SubscriptionItems items;
    private final Cancellation cancellation;

    Opening(World world, SubscriptionLife life, SubscriptionItems items, Cancellation cancellation) {
        this.world = world;
        this.life = life;
        this.items = items;
        this.cancellation = cancellation;
    }

    /**
     * Makes a subscription to prices and starts it; what Checkout does.
     *
     * @param prices recurring prices, each with its quantity
     * @param params see {@link SubscriptionShapes#data}, and {@code trial_period_days}, {@code trial_end}
     * @param method what it is paid with
     */
    public Resource open(Call call, Resource customer, Map<Resource, Long> prices, Params params, Resource method) {
        List<Proration.Wish> wishes = prices.entrySet().stream()
                .map(entry -> new Proration.Wish(null, entry.getKey(), entry.getValue(), false))
                .toList();
        List<Params> given =
                wishes.stream().map(wish -> new Params(Json.object())).toList();
        return open(call, customer, wishes, given, params, method);
    }

    /** Makes a subscription of these items and starts it. */
    Resource open(
            Call call,
            Resource customer,
            List<Proration.Wish> wishes,
            List<Params> given,
            Params params,
            Resource method) {
        String currency = wishes.get(0).price().text("currency");
        long now = customer.clock().now();
        long trialEnd = trialEnd(params, now);
        boolean trial = trialEnd > now;
        if (params.in("transfer_data").hasValue("destination")) {
            Accounts.payable(world, params.in("transfer_data").text("destination"), "transfer_data[destination]");
        }
        Resource payer = method == null ? PaymentMethods.defaultOf(world, customer) : method;
        boolean sent = "send_invoice".equals(params.text("collection_method"));
        String behaviour = params.text("payment_behavior", "allow_incomplete");
        boolean due = wishes.stream().anyMatch(wish -> Lines.amount(wish.price().json(), wish.quantity()) > 0);
        if (due && !trial && !sent && !behaviour.equals("default_incomplete")) {
            requirePayer(payer, behaviour);
        }
        Resource subscription =
                world.add(call.account(), customer.clock(), document(customer, currency, params, now, trialEnd));
        if (method != null) {
            subscription.set("default_payment_method", method);
        }
        for (int i = 0; i < wishes.size(); i++) {
            items.add(
                    subscription,
                    wishes.get(i),
                    now,
                    trial ? trialEnd : Period.of(wishes.get(i).price()).after(now),
                    given.get(i));
        }
        cancellation.apply(subscription, params);
        life.start(subscription, !behaviour.equals("default_incomplete"));
        return subscription;
    }

    /** What a new subscription consists of. */
    List<Proration.Wish> wishes(Call call, List<Params> items) {
        if (items.isEmpty()) {
            throw StripeError.parameter("parameter_missing", "Missing required param: items.", "items");
        }
        List<Proration.Wish> wishes = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Resource price = SubscriptionItems.recurring(call, items.get(i), "items[" + i + "]");
            wishes.add(new Proration.Wish(null, price, items.get(i).number("quantity", 1), false));
        }
        SubscriptionItems.checkTogether(wishes);
        return wishes;
    }

    private static void requirePayer(Resource payer, String behaviour) {
        if (payer == null) {
            throw StripeError.invalid(
                    "resource_missing",
                    "This customer has no attached payment source or default payment method. Please consider adding a"
                            + " default payment method. For more information, visit"
                            + " https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority.",
                    null);
        }
        if (behaviour.equals("error_if_incomplete")
                && PaymentMethods.card(payer).does() != Card.Does.PAY
                && PaymentMethods.card(payer).does() != Card.Does.DISPUTE) {
            throw PaymentMethods.card(payer).refusal();
        }
    }

    private static long trialEnd(Params params, long now) {
        if (params.hasValue("trial_end") && params.hasValue("trial_period_days")) {
            throw StripeError.invalid(
                    null, "You may only specify one of these parameters: trial_end, trial_period_days.", "trial_end");
        }
        if (params.hasValue("trial_period_days")) {
            long days = params.number("trial_period_days", 0);
            if (days < 1 || days > 730) {
                throw StripeError.invalid(null, "The trial must last between 1 and 730 days.", "trial_period_days");
            }
            return now + days * 86_400;
        }
        JsonNode end = params.node("trial_end");
        return end == null || end.isTextual() ? 0 : end.asLong();
    }

    private ObjectNode document(Resource customer, String currency, Params params, long now, long trialEnd) {
        boolean trial = trialEnd > now;
        String id = world.ids().next("sub_1");
        return Json.document()
                .with("id", id)
                .with("object", SubscriptionLife.TYPE)
                .with("application", null)
                .with("application_fee_percent", params.node("application_fee_percent"))
                .with("automatic_tax", Json.object("disabled_reason", null, "enabled", false, "liability", null))
                .with("billing_cycle_anchor", trial ? trialEnd : now)
                .with(
                        "billing_mode",
                        Json.object("type", params.in("billing_mode").text("type", "flexible"), "updated_at", null))
                .with("cancel_at", null)
                .with("cancel_at_period_end", false)
                .with("canceled_at", null)
                .with("cancellation_details", Json.object("comment", null, "feedback", null, "reason", null))
                .with("collection_method", params.text("collection_method", "charge_automatically"))
                .with("created", now)
                .with("currency", currency)
                .with("customer", customer)
                .with("days_until_due", params.node("days_until_due"))
                .with("default_payment_method", null)
                .with("default_source", null)
                .with("default_tax_rates", List.of())
                .with("description", params.text("description"))
                .with("discounts", List.of())
                .with("ended_at", null)
                .with("invoice_settings", Json.object("account_tax_ids", null, "issuer", Json.object("type", "self")))
                .with("items", Json.list("/v1/subscription_items?subscription=" + id, List.of()))
                .with("latest_invoice", null)
                .with("livemode", false)
                .with("metadata", params.metadata())
                .with("next_pending_invoice_item_invoice", null)
                .with("on_behalf_of", params.text("on_behalf_of"))
                .with("pause_collection", null)
                .with(
                        "payment_settings",
                        Json.object(
                                "payment_method_options", null,
                                "payment_method_types", null,
                                "save_default_payment_method",
                                        params.in("payment_settings").text("save_default_payment_method", "off")))
                .with("pending_invoice_item_interval", null)
                .with("pending_setup_intent", null)
                .with("pending_update", null)
                .with("schedule", null)
                .with("start_date", now)
                .with("status", trial ? "trialing" : "incomplete")
                .with("test_clock", customer.text("test_clock"))
                .with("transfer_data", SubscriptionChange.transferData(params))
                .with("trial_end", trial ? trialEnd : null)
                .with(
                        "trial_settings",
                        params.has("trial_settings")
                                ? params.node("trial_settings")
                                : Json.object("end_behavior", Json.object("missing_payment_method", "create_invoice")))
                .with("trial_start", trial ? now : null)
                .json();
    }
}
