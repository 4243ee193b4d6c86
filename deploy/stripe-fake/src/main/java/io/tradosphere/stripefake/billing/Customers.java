package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Expansion;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Pages;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.state.Clock;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;
import java.util.Set;

/** Customers. A deleted one keeps nothing but its id, and its subscriptions end. */
public final class Customers {

    private static final String TYPE = "customer";
    private static final String PATH = "/v1/customers";
    private static final String[] COPIED = {"email", "name", "phone", "description", "address", "shipping", "balance"};

    private final World world;
    private final TestClocks testClocks;
    private final SubscriptionLife life;

    /**
     * @param testClocks the clocks that a customer may live by
     * @param life ends the subscriptions of who is deleted
     */
    public Customers(World world, TestClocks testClocks, SubscriptionLife life) {
        this.world = world;
        this.testClocks = testClocks;
        this.life = life;
    }

    /** Adds the calls. */
    public void routes(Routes routes, Expansion expansion) {
        routes.post(PATH, details().may(Kind.STRING, "payment_method", "test_clock"), this::create)
                .document(
                        "GET",
                        PATH + "/{id}",
                        new Shape(),
                        call -> call.named(TYPE).json())
                .list(
                        PATH,
                        Shape.ofList().may(Kind.STRING, "email", "test_clock"),
                        call -> Pages.page(
                                call,
                                PATH,
                                call.own(
                                        TYPE,
                                        found -> !found.is("deleted")
                                                && (!call.params().hasValue("email")
                                                        || call.params()
                                                                .text("email")
                                                                .equals(found.text("email")))
                                                && (call.params().hasValue("test_clock")
                                                        ? call.params()
                                                                .text("test_clock")
                                                                .equals(found.text("test_clock"))
                                                        : found.text("test_clock") == null))))
                .post(PATH + "/{id}", details(), this::update)
                .document("DELETE", PATH + "/{id}", new Shape(), call -> delete(call.present(TYPE)));
        expansion.onRequest(
                TYPE,
                "subscriptions",
                customer -> Json.list(
                        "/v1/customers/" + customer.id() + "/subscriptions",
                        world
                                .store()
                                .newest(
                                        "subscription",
                                        found -> found.text(TYPE).equals(customer.id())
                                                && !found.hasStatus("canceled", "incomplete_expired"))
                                .stream()
                                .map(Resource::json)
                                .toList()));
    }

    private static Shape details() {
        Shape address = new Shape().may(Kind.STRING, "city", "country", "line1", "line2", "postal_code", "state");
        return new Shape()
                .may(Kind.text(512), "email")
                .may(Kind.STRING, "name", "phone", "description")
                .may(Kind.INTEGER, "balance")
                .may(Kind.oneOf("none", "exempt", "reverse"), "tax_exempt")
                .may(Kind.listOf(Kind.STRING), "preferred_locales")
                .may(address, "address")
                .may(
                        new Shape()
                                .need(address, "address")
                                .need(Kind.STRING, "name")
                                .may(Kind.STRING, "phone"),
                        "shipping")
                .may(new Shape().may(Kind.STRING, "default_payment_method", "footer"), "invoice_settings")
                .may(Kind.METADATA, "metadata");
    }

    /** A new customer, without an event. */
    public static Resource make(World world, String account, Clock clock) {
        return world.add(
                account,
                clock,
                Json.document()
                        .with("id", world.ids().next("cus_", 14))
                        .with("object", TYPE)
                        .with("address", null)
                        .with("balance", 0)
                        .with("created", clock.now())
                        .with("currency", null)
                        .with("default_source", null)
                        .with("delinquent", false)
                        .with("description", null)
                        .with("discount", null)
                        .with("email", null)
                        .with("invoice_prefix", world.ids().next("", 8).toUpperCase(java.util.Locale.ROOT))
                        .with(
                                "invoice_settings",
                                Json.object(
                                        "custom_fields", null,
                                        "default_payment_method", null,
                                        "footer", null,
                                        "rendering_options", null))
                        .with("livemode", false)
                        .with("metadata", Json.object())
                        .with("name", null)
                        .with("next_invoice_sequence", 1)
                        .with("phone", null)
                        .with("preferred_locales", List.of())
                        .with("shipping", null)
                        .with("tax_exempt", "none")
                        .with("test_clock", null)
                        .json());
    }

    private Resource create(Call call) {
        Params params = call.params();
        String testClock = params.text("test_clock");
        Clock clock = testClock == null ? world.clock() : testClocks.clock(call, testClock);
        Resource customer = make(world, call.account(), clock);
        call.copy(customer, COPIED);
        call.copy(customer, "tax_exempt", "preferred_locales");
        customer.set("test_clock", testClock);
        if (params.hasValue("payment_method")) {
            PaymentMethods.attach(call, params.text("payment_method"), customer, "payment_method");
        }
        settings(call, customer);
        world.emit(customer, "customer.created");
        return customer;
    }

    private Resource update(Call call) {
        Resource customer = call.present(TYPE);
        return call.change(customer, "customer.updated", it -> {
            call.copy(it, COPIED);
            call.copy(it, "tax_exempt", "preferred_locales");
            settings(call, it);
        });
    }

    private static void settings(Call call, Resource customer) {
        Params given = call.params().in("invoice_settings");
        if (given.has("default_payment_method")) {
            String id = given.text("default_payment_method");
            if (id != null) {
                Resource method = PaymentMethods.resolve(call, id, "invoice_settings[default_payment_method]");
                if (id.startsWith("pm_card_")) {
                    PaymentMethods.attach(call.world(), method, customer);
                }
                if (!customer.id().equals(method.text(TYPE))) {
                    throw io.tradosphere.stripefake.api.StripeError.invalid(
                            "resource_missing",
                            "The customer does not have a payment method with the ID " + id
                                    + ". The payment method must be attached to the customer.",
                            "invoice_settings[default_payment_method]");
                }
                id = method.id();
            }
            customer.set("invoice_settings.default_payment_method", id);
        }
        if (given.has("footer")) {
            customer.set("invoice_settings.footer", given.text("footer"));
        }
    }

    /** Deletes a customer and ends what it had. */
    JsonNode delete(Resource customer) {
        ObjectNode before = customer.json().deepCopy();
        Set<String> ended = Set.of("canceled", "incomplete_expired");
        world.store().all("subscription", found -> found.text(TYPE).equals(customer.id())).stream()
                .filter(found -> !ended.contains(found.text("status")))
                .forEach(found -> life.end(found, null));
        world.emit(customer, "customer.deleted");
        customer.json().removeAll();
        customer.set("id", before.get("id")).set("object", TYPE).set("deleted", true);
        return customer.json();
    }
}
