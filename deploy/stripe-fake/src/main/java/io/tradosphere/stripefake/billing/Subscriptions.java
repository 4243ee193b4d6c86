package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Pages;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.state.Clock;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** Creates, lists, cancels and resumes subscriptions. */
final class Subscriptions {

    private static final String TYPE = SubscriptionLife.TYPE;
    private static final String PATH = "/v1/subscriptions";
    private static final String ITEMS = "/v1/subscription_items";

    private final World world;
    private final SubscriptionLife life;
    private final SubscriptionItems items;
    private final SubscriptionChange change;
    private final Opening opening;

    Subscriptions(
            World world, SubscriptionLife life, SubscriptionItems items, SubscriptionChange change, Opening opening) {
        this.world = world;
        this.life = life;
        this.items = items;
        this.change = change;
        this.opening = opening;
    }

    /** Adds the calls. */
    void routes(Routes routes) {
        routes.post(PATH, SubscriptionShapes.create(), this::create)
                .get(PATH + "/{id}", TYPE)
                .list(
                        PATH,
                        Shape.ofList()
                                .may(Kind.STRING, "customer", "price", "test_clock", "status")
                                .may(Kind.oneOf("charge_automatically", "send_invoice"), "collection_method")
                                .may(Kind.RANGE, "current_period_start", "current_period_end"),
                        this::list)
                .post(PATH + "/{id}", SubscriptionShapes.update(), change::update)
                .document(
                        "DELETE",
                        PATH + "/{id}",
                        SubscriptionShapes.cancel(),
                        call -> cancel(call).json())
                .post(
                        PATH + "/{id}/resume",
                        new Shape()
                                .may(Kind.oneOf("now", "unchanged"), "billing_cycle_anchor")
                                .may(Kind.oneOf("always_invoice", "create_prorations", "none"), "proration_behavior"),
                        this::resume)
                .list(
                        ITEMS,
                        Shape.ofList().need(Kind.STRING, TYPE),
                        call -> Pages.page(
                                call,
                                ITEMS,
                                call.own(
                                        "subscription_item",
                                        item -> call.params().text(TYPE).equals(item.text(TYPE)))))
                .get(ITEMS + "/{id}", "subscription_item");
    }

    private Resource create(Call call) {
        Params params = call.params();
        Resource customer = call.referred("customer", "customer");
        Resource method = null;
        if (params.hasValue("default_payment_method")) {
            String id = params.text("default_payment_method");
            method = PaymentMethods.resolve(call, id, "default_payment_method");
            if (id.startsWith("pm_card_")) {
                PaymentMethods.attach(world, method, customer);
            }
            SubscriptionChange.owned(method, customer);
        }
        List<Params> given = params.each("items");
        return opening.open(call, customer, opening.wishes(call, given), given, params, method);
    }

    private JsonNode list(Call call) {
        Params params = call.params();
        String status = params.text("status");
        return Pages.page(call, PATH, call.own(TYPE, found -> {
            boolean ended = found.hasStatus("canceled", "incomplete_expired");
            boolean statusFits = status == null
                    ? !found.hasStatus("canceled")
                    : status.equals("all") || (status.equals("ended") ? ended : found.hasStatus(status));
            return statusFits
                    && List.of("customer", "test_clock", "collection_method").stream()
                            .allMatch(name ->
                                    !params.hasValue(name) || params.text(name).equals(found.text(name)))
                    && items.of(found).stream()
                            .anyMatch(item -> (!params.hasValue("price")
                                            || params.text("price").equals(item.text("price.id")))
                                    && Pages.within(params, "current_period_start", item.number("current_period_start"))
                                    && Pages.within(params, "current_period_end", item.number("current_period_end")));
        }));
    }

    private Resource cancel(Call call) {
        Resource subscription = call.named(TYPE);
        if (subscription.hasStatus("canceled", "incomplete_expired")) {
            throw StripeError.noSuch(TYPE, subscription.id());
        }
        Params params = call.params();
        params.in("cancellation_details")
                .json()
                .properties()
                .forEach(member -> subscription.set("cancellation_details." + member.getKey(), member.getValue()));
        if (params.is("prorate")) {
            change.creditUnused(subscription);
        }
        if (params.is("invoice_now") && change.hasPending(subscription)) {
            Resource invoice = life.invoiceNow(subscription, "subscription_update", List.of());
            life.finishAndCollect(invoice);
        }
        life.end(subscription, "cancellation_requested");
        return subscription;
    }

    private Resource resume(Call call) {
        Resource subscription = call.named(TYPE);
        if (!subscription.hasStatus("paused")) {
            throw StripeError.invalid(
                    null,
                    "Only paused subscriptions can be resumed, but this one is " + subscription.text("status") + ".",
                    null);
        }
        Clock clock = subscription.clock();
        long now = clock.now();
        subscription.set("status", "past_due").set("billing_cycle_anchor", now);
        this.items
                .of(subscription)
                .forEach(item -> item.set("current_period_start", now)
                        .set("current_period_end", Period.of(item).after(now)));
        Resource invoice = life.invoiceNow(subscription, "subscription_update", life.lines(subscription, false));
        life.watch(subscription);
        life.finishAndCollect(invoice);
        world.emit(subscription, "customer.subscription.resumed");
        return subscription;
    }
}
