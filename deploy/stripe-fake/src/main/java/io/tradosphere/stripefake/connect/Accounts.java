package io.tradosphere.stripefake.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** Connected accounts (Express). They can be paid once they are onboarded. */
public final class Accounts {

    private static final String TYPE = "account";
    private static final String PATH = "/v1/accounts";
    private static final List<String> DUE =
            List.of("business_type", "external_account", "tos_acceptance.date", "tos_acceptance.ip");

    private Accounts() {}

    /** Adds their calls. */
    public static void routes(Routes routes) {
        routes.post(
                        PATH,
                        details()
                                .may(Kind.oneOf("express", "standard", "custom"), "type")
                                .may(Kind.STRING, "country", "default_currency")
                                .may(
                                        new Shape()
                                                .may(
                                                        new Shape().may(Kind.oneOf("account", "application"), "payer"),
                                                        "fees")
                                                .may(
                                                        new Shape()
                                                                .may(Kind.oneOf("application", "stripe"), "payments"),
                                                        "losses")
                                                .may(Kind.oneOf("application", "stripe"), "requirement_collection")
                                                .may(
                                                        new Shape().may(Kind.oneOf("express", "full", "none"), "type"),
                                                        "stripe_dashboard"),
                                        "controller"),
                        Accounts::create)
                .document(
                        "GET",
                        PATH + "/{id}",
                        new Shape(),
                        call -> connected(call).json())
                .list(PATH, TYPE)
                .document("GET", "/v1/account", new Shape(), Accounts::own)
                .post(
                        PATH + "/{id}",
                        details(),
                        call -> call.change(connected(call), "account.updated", account -> {
                            call.copy(account, "email", "business_type", "business_profile");
                            request(account, call.params());
                        }))
                .post(
                        PATH + "/{id}/reject",
                        new Shape().need(Kind.oneOf("fraud", "terms_of_service", "other"), "reason"),
                        call -> {
                            Resource account = connected(call);
                            refuse(
                                    call.world(),
                                    account,
                                    "rejected." + call.params().text("reason"));
                            return account;
                        })
                .document("POST", PATH + "/{id}/login_links", new Shape(), Accounts::loginLink)
                .document("DELETE", PATH + "/{id}", new Shape(), call -> {
                    Resource account = connected(call);
                    call.world().store().remove(account);
                    return Routes.deleted(account);
                });
    }

    /** @throws StripeError 403 when it is not there: Stripe does not tell that from an account that is not connected */
    private static Resource connected(Call call) {
        return call.world().store().find(TYPE, call.id()).orElseThrow(() -> StripeError.notConnected(call.id()));
    }

    private static Shape details() {
        Shape requested = new Shape().may(Kind.BOOLEAN, "requested");
        return new Shape()
                .may(Kind.STRING, "email")
                .may(Kind.oneOf("company", "government_entity", "individual", "non_profit"), "business_type")
                .may(new Shape().may(requested, "card_payments", "transfers"), "capabilities")
                .may(
                        new Shape().may(Kind.STRING, "name", "url", "mcc", "product_description", "support_email"),
                        "business_profile")
                .may(
                        new Shape()
                                .may(
                                        new Shape()
                                                .may(
                                                        new Shape()
                                                                .may(
                                                                        Kind.oneOf(
                                                                                "daily", "manual", "monthly", "weekly"),
                                                                        "interval"),
                                                        "schedule"),
                                        "payouts"),
                        "settings")
                .may(Kind.METADATA, "metadata");
    }

    /**
     * The account that this destination names, if money can be sent to it.
     *
     * @throws StripeError 400 when it isn't connected, or cannot be paid yet
     */
    public static Resource payable(World world, String id, String param) {
        Resource account = world.store().find(TYPE, id).orElseThrow(() -> StripeError.noSuch("destination", id, param));
        if (!"active".equals(account.text("capabilities.transfers"))) {
            throw StripeError.invalid(
                    "insufficient_capabilities_for_transfer",
                    "Your destination account needs to have at least one of the following capabilities enabled:"
                            + " transfers, crypto_transfers, legacy_payments",
                    param);
        }
        return account;
    }

    /** Everything is known of it now: it can charge and be paid. */
    public static void complete(World world, Resource account) {
        world.change(account, "account.updated", it -> {
            ObjectNode capabilities = (ObjectNode) it.get("capabilities");
            capabilities.fieldNames().forEachRemaining(name -> capabilities.put(name, "active"));
            it.set("details_submitted", true)
                    .set("charges_enabled", true)
                    .set("payouts_enabled", true)
                    .set("business_type", it.text("business_type") == null ? "individual" : it.text("business_type"))
                    .set("tos_acceptance", Json.object("date", it.clock().now()))
                    .set("requirements", requirements(List.of(), null));
        });
    }

    /** It can neither charge nor be paid any more, for this reason. */
    public static void refuse(World world, Resource account, String reason) {
        world.change(account, "account.updated", it -> {
            ObjectNode capabilities = (ObjectNode) it.get("capabilities");
            capabilities.fieldNames().forEachRemaining(name -> capabilities.put(name, "inactive"));
            it.set("charges_enabled", false)
                    .set("payouts_enabled", false)
                    .set(
                            "requirements",
                            requirements(
                                    reason.startsWith("rejected")
                                            ? List.of()
                                            : List.of("individual.verification.document"),
                                    reason));
        });
    }

    private static Resource create(Call call) {
        Params params = call.params();
        if (params.has("type") && params.has("controller")) {
            throw StripeError.invalid(null, "You may not provide both `type` and `controller`.", "type");
        }
        String type = params.text("type", params.has("controller") ? "none" : "standard");
        String dashboard = params.in("controller").in("stripe_dashboard").text("type", "full");
        Resource account = call.world()
                .add(
                        call.account(),
                        call.world().clock(),
                        Json.document()
                                .with("id", call.world().ids().next("acct_1", 16))
                                .with("object", TYPE)
                                .with(
                                        "business_profile",
                                        params.has("business_profile")
                                                ? params.node("business_profile")
                                                : Json.object())
                                .with("business_type", params.text("business_type"))
                                .with("capabilities", Json.object())
                                .with("charges_enabled", false)
                                .with(
                                        "controller",
                                        Json.document()
                                                .with("type", "application")
                                                .with("is_controller", true)
                                                .with(
                                                        "fees",
                                                        Json.object(
                                                                "payer",
                                                                params.in("controller")
                                                                        .in("fees")
                                                                        .text("payer", "application")))
                                                .with(
                                                        "losses",
                                                        Json.object(
                                                                "payments",
                                                                params.in("controller")
                                                                        .in("losses")
                                                                        .text("payments", "application")))
                                                .with("requirement_collection", "stripe")
                                                .with(
                                                        "stripe_dashboard",
                                                        Json.object(
                                                                "type", type.equals("express") ? "express" : dashboard))
                                                .json())
                                .with("country", params.text("country", "US"))
                                .with("created", call.world().clock().now())
                                .with("default_currency", params.text("default_currency", "usd"))
                                .with("details_submitted", false)
                                .with("email", params.text("email"))
                                .with("external_accounts", Json.list("/v1/accounts/external_accounts", List.of()))
                                .with("future_requirements", requirements(List.of(), null))
                                .with("metadata", params.metadata())
                                .with("payouts_enabled", false)
                                .with("requirements", requirements(DUE, "requirements.past_due"))
                                .with("settings", Json.object())
                                .with("tos_acceptance", Json.object("date", null))
                                .with("type", type.equals("none") && dashboard.equals("express") ? "express" : type)
                                .json());
        request(account, params);
        return account;
    }

    private static void request(Resource account, Params params) {
        params.in("capabilities").json().properties().forEach(member -> {
            if (member.getValue().path("requested").asBoolean()
                    && account.get("capabilities." + member.getKey()).isMissingNode()) {
                account.set("capabilities." + member.getKey(), account.is("details_submitted") ? "active" : "inactive");
            }
        });
    }

    private static ObjectNode requirements(List<String> due, String reason) {
        return Json.document()
                .with("alternatives", List.of())
                .with("current_deadline", null)
                .with("currently_due", due)
                .with("disabled_reason", reason)
                .with("errors", List.of())
                .with("eventually_due", due)
                .with("past_due", due)
                .with("pending_verification", List.of())
                .json();
    }

    private static ObjectNode own(Call call) {
        return call.world()
                .store()
                .find(TYPE, call.account())
                .map(Resource::json)
                .orElseGet(() -> Json.document()
                        .with("id", call.account())
                        .with("object", TYPE)
                        .with("charges_enabled", true)
                        .with("country", "US")
                        .with("default_currency", "usd")
                        .with("details_submitted", true)
                        .with("email", null)
                        .with("payouts_enabled", true)
                        .with("type", "standard")
                        .json());
    }

    private static ObjectNode loginLink(Call call) {
        Resource account = connected(call);
        if (!account.is("details_submitted")) {
            throw StripeError.invalid(
                    null, "Cannot create a login link for an account that has not completed onboarding.", null);
        }
        return Json.object(
                "object",
                "login_link",
                "created",
                call.world().clock().now(),
                "url",
                "https://connect.stripe.com/express/" + account.id());
    }
}
