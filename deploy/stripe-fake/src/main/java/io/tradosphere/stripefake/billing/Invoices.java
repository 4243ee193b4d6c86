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
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** Invoices, and the payments made to them. */
final class Invoices {

    private static final String TYPE = Invoicing.TYPE;
    private static final String PATH = "/v1/invoices";
    private static final String PAYMENTS = "/v1/invoice_payments";

    private final World world;
    private final Invoicing invoicing;
    private final Collecting collecting;
    private final Preview preview;

    Invoices(World world, Invoicing invoicing, Collecting collecting, Preview preview) {
        this.world = world;
        this.invoicing = invoicing;
        this.collecting = collecting;
        this.preview = preview;
    }

    /** Adds the calls. */
    void routes(Routes routes, Expansion expansion) {
        Shape details = new Shape()
                .may(Kind.STRING, "description", "default_payment_method")
                .may(Kind.BOOLEAN, "auto_advance")
                .may(Kind.METADATA, "metadata");
        routes.document("POST", PATH + "/create_preview", Preview.shape(), preview::preview)
                .post(
                        PATH,
                        new Shape()
                                .need(Kind.STRING, "customer")
                                .may(Kind.STRING, "description", "subscription", "currency", "default_payment_method")
                                .may(Kind.BOOLEAN, "auto_advance")
                                .may(Kind.INTEGER, "days_until_due")
                                .may(Kind.oneOf("charge_automatically", "send_invoice"), "collection_method")
                                .may(Kind.oneOf("exclude", "include"), "pending_invoice_items_behavior")
                                .may(Kind.METADATA, "metadata"),
                        this::create)
                .get(PATH + "/{id}", TYPE)
                .list(
                        PATH,
                        Shape.ofList()
                                .may(Kind.STRING, "customer", "subscription")
                                .may(Kind.oneOf("draft", "open", "paid", "uncollectible", "void"), "status")
                                .may(Kind.oneOf("charge_automatically", "send_invoice"), "collection_method"),
                        this::list)
                .post(
                        PATH + "/{id}",
                        details,
                        call -> call.change(
                                call.named(TYPE),
                                "invoice.updated",
                                it -> call.copy(it, "description", "default_payment_method", "auto_advance")))
                .document("DELETE", PATH + "/{id}", new Shape(), this::delete)
                .post(PATH + "/{id}/finalize", new Shape().may(Kind.BOOLEAN, "auto_advance"), this::finish)
                .post(
                        PATH + "/{id}/pay",
                        new Shape()
                                .may(Kind.STRING, "payment_method")
                                .may(Kind.BOOLEAN, "off_session", "forgive", "paid_out_of_band"),
                        this::pay)
                .post(PATH + "/{id}/void", new Shape(), call -> {
                    Resource invoice = in(call, "open", "uncollectible");
                    collecting.voided(invoice);
                    return invoice;
                })
                .post(PATH + "/{id}/mark_uncollectible", new Shape(), call -> {
                    Resource invoice = in(call, "open");
                    collecting.uncollectible(invoice);
                    return invoice;
                })
                .list(
                        PATH + "/{id}/lines",
                        Shape.ofList(),
                        call -> Pages.page(call, PATH + "/" + call.id() + "/lines", lines(call.named(TYPE))))
                .get(PAYMENTS + "/{id}", "invoice_payment")
                .list(
                        PAYMENTS,
                        Shape.ofList()
                                .may(Kind.STRING, "invoice")
                                .may(Kind.oneOf("canceled", "open", "paid"), "status")
                                .may(
                                        new Shape()
                                                .need(Kind.oneOf("payment_intent"), "type")
                                                .may(Kind.STRING, "payment_intent"),
                                        "payment"),
                        this::payments);
        expansion.onRequest(
                TYPE,
                "payments",
                invoice -> Json.list(
                        PAYMENTS + "?invoice=" + invoice.id(),
                        world
                                .store()
                                .newest("invoice_payment", it -> invoice.id().equals(it.text(TYPE)))
                                .stream()
                                .map(Resource::json)
                                .toList()));
        expansion.onRequest(TYPE, "confirmation_secret", invoice -> {
            Resource intent = invoice.note("intent");
            return intent == null
                    ? Json.node(null)
                    : Json.object("client_secret", intent.text("client_secret"), "type", "payment_intent");
        });
    }

    private List<Resource> lines(Resource invoice) {
        List<Resource> lines = new java.util.ArrayList<>();
        invoice.get("lines.data")
                .forEach(line -> lines.add(new Resource(invoice.account(), invoice.clock(), (ObjectNode) line)));
        return lines;
    }

    private Resource create(Call call) {
        Params params = call.params();
        Resource customer = call.referred("customer", "customer");
        Resource subscription = call.referred("subscription", "subscription");
        boolean waiting = subscription != null || "include".equals(params.text("pending_invoice_items_behavior"));
        Resource invoice = invoicing.draft(customer, subscription, "manual", List.of(), waiting);
        invoice.set("auto_advance", false);
        if (params.has("currency")) {
            invoice.set("currency", io.tradosphere.stripefake.payment.Amounts.currency(params.text("currency")));
        }
        call.copy(invoice, "description", "auto_advance", "collection_method", "default_payment_method");
        if (params.hasValue("days_until_due")) {
            invoice.set("due_date", invoice.clock().now() + params.number("days_until_due") * 86_400);
        }
        if (invoice.is("auto_advance")) {
            invoicing.later(invoice);
        }
        return invoice;
    }

    private JsonNode list(Call call) {
        Params params = call.params();
        return Pages.page(
                call,
                PATH,
                call.own(
                        TYPE,
                        found -> List.of("customer", "status", "collection_method").stream()
                                        .allMatch(name -> !params.hasValue(name)
                                                || params.text(name).equals(found.text(name)))
                                && (!params.hasValue("subscription")
                                        || params.text("subscription")
                                                .equals(found.text("parent.subscription_details.subscription")))));
    }

    private JsonNode payments(Call call) {
        Params params = call.params();
        return Pages.page(
                call,
                PAYMENTS,
                call.own(
                        "invoice_payment",
                        found -> List.of(TYPE, "status").stream()
                                        .allMatch(name -> !params.hasValue(name)
                                                || params.text(name).equals(found.text(name)))
                                && (!params.in("payment").hasValue("payment_intent")
                                        || params.in("payment")
                                                .text("payment_intent")
                                                .equals(found.text("payment.payment_intent")))));
    }

    private JsonNode delete(Call call) {
        Resource invoice = in(call, "draft");
        if (collecting.subscription(invoice) != null) {
            throw StripeError.invalid(
                    "invoice_not_editable",
                    "You can only delete one-off draft invoices, not those of a subscription.",
                    null);
        }
        invoice.get("lines.data")
                .forEach(line -> world.store()
                        .find(
                                InvoiceItems.TYPE,
                                line.path("parent")
                                        .path("invoice_item_details")
                                        .path("invoice_item")
                                        .asText())
                        .ifPresent(item -> item.set(TYPE, null)));
        world.store().remove(invoice);
        world.emit(invoice, "invoice.deleted");
        return Routes.deleted(invoice);
    }

    private Resource finish(Call call) {
        Resource invoice = in(call, "draft");
        if (call.params().has("auto_advance")) {
            invoice.set("auto_advance", call.params().is("auto_advance"));
        }
        invoicing.finish(invoice);
        if (invoice.hasStatus("open") && invoice.is("auto_advance")) {
            collecting.automatic(invoice);
        }
        return invoice;
    }

    private Resource pay(Call call) {
        Resource invoice = call.named(TYPE);
        if (invoice.hasStatus("paid")) {
            throw StripeError.invalid("invoice_already_paid", "Invoice is already paid", null);
        }
        if (invoice.hasStatus("draft")) {
            invoicing.finish(invoice);
        }
        if (!invoice.hasStatus("open", "uncollectible", "paid")) {
            throw state(invoice);
        }
        Params params = call.params();
        if (invoice.hasStatus("paid")) {
            return invoice;
        }
        if (params.is("paid_out_of_band")) {
            collecting.paid(invoice);
            return invoice;
        }
        Resource method = params.hasValue("payment_method")
                ? PaymentMethods.resolve(call, params.text("payment_method"), "payment_method")
                : collecting.method(invoice);
        if (method == null) {
            throw StripeError.invalid(
                    "resource_missing",
                    "There is no `default_payment_method` set on this Customer or Invoice. Please set one before"
                            + " attempting to pay this Invoice.",
                    null);
        }
        if (!collecting.collect(invoice, method, false)) {
            Resource intent = invoice.note("intent");
            throw PaymentMethods.card(method)
                    .refusal(
                            "charge", intent.text("latest_charge"),
                            "payment_intent", intent.json().deepCopy(),
                            "payment_method", method.json().deepCopy());
        }
        return invoice;
    }

    private Resource in(Call call, String... statuses) {
        Resource invoice = call.named(TYPE);
        if (!invoice.hasStatus(statuses)) {
            throw state(invoice);
        }
        return invoice;
    }

    private static StripeError state(Resource invoice) {
        return StripeError.invalid(
                "invoice_not_editable",
                "This invoice cannot be changed in this way: it is " + invoice.text("status") + ".",
                null);
    }
}
