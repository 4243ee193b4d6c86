package io.tradosphere.stripefake.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.Settings;
import io.tradosphere.stripefake.StripeFake;
import io.tradosphere.stripefake.api.Faults;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.connect.Accounts;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.HttpRequest;
import io.tradosphere.stripefake.http.Site;
import io.tradosphere.stripefake.payment.Card;
import io.tradosphere.stripefake.payment.Disputes;
import io.tradosphere.stripefake.payment.Ledger;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import io.tradosphere.stripefake.webhook.Deliveries;
import io.tradosphere.stripefake.webhook.Disorder;
import io.tradosphere.stripefake.webhook.Endpoints;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the fake can do beyond Stripe: {@code /_fake/…}, in JSON. The README lists it. */
public final class Control {

    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final StripeFake fake;
    private final World world;
    private final Deliveries deliveries;
    private final Faults faults;
    private final Ledger ledger;
    private final Disputes disputes;

    /** @param fake what is reset and whose clock is moved */
    public Control(
            StripeFake fake, World world, Deliveries deliveries, Faults faults, Ledger ledger, Disputes disputes) {
        this.fake = fake;
        this.world = world;
        this.deliveries = deliveries;
        this.faults = faults;
        this.ledger = ledger;
        this.disputes = disputes;
    }

    /** Whether a control call may change an object, rather than the clock or how the fake behaves. */
    public static boolean changesObjects(HttpRequest request) {
        return request.method().equals("POST")
                && request.path()
                        .matches("/_fake/(balance|endpoints(/.*)?|disputes(/.*)?|payment_methods/.*|accounts/.*)");
    }

    /** Adds the calls. */
    public void pages(Site site) {
        site.on("GET", "/_fake", (path, request) -> locked(this::state))
                .on("POST", "/_fake/reset", (path, request) -> {
                    fake.reset(settings(Json.parse(request.body())));
                    return HttpAnswer.json(200, Json.object("reset", true));
                })
                .on("POST", "/_fake/clock", (path, request) -> clock(Json.parse(request.body())))
                .on("POST", "/_fake/faults", act(given -> {
                    faults.plan(given);
                    return Json.object("planned", true);
                }))
                .on("POST", "/_fake/faults/release", act(given -> {
                    faults.letGo();
                    return Json.object("released", true);
                }))
                .on("DELETE", "/_fake/faults", act(given -> {
                    faults.clear();
                    faults.letGo();
                    return Json.object("planned", false);
                }))
                .on("POST", "/_fake/rate_limit", act(given -> {
                    faults.limit(given.path("per_second").asInt(0));
                    return given;
                }))
                .on("POST", "/_fake/balance", act(given -> {
                    String account = given.path("account").asText(World.PLATFORM);
                    ledger.set(
                            account,
                            given.path("currency").asText("usd"),
                            given.path("available").asLong(),
                            given.path("pending").asLong());
                    return given;
                }))
                .on(
                        "POST",
                        "/_fake/disputes",
                        act(given -> disputes.open(
                                        found("charge", given.path("charge").asText()),
                                        given.path("reason").asText("fraudulent"))
                                .json()))
                .on(
                        "POST",
                        "/_fake/disputes/{id}/close",
                        (path, request) -> locked(() -> {
                            Resource dispute = found("dispute", path.get("id"));
                            disputes.close(
                                    dispute,
                                    Json.parse(request.body()).path("won").asBoolean());
                            return dispute.json();
                        }))
                .on(
                        "POST",
                        "/_fake/payment_methods/{id}",
                        (path, request) -> locked(() -> {
                            String card =
                                    Json.parse(request.body()).path("card").asText();
                            Resource method = found("payment_method", path.get("id"));
                            return PaymentMethods.behaving(
                                            method,
                                            Card.of(card)
                                                    .orElseThrow(() ->
                                                            new IllegalArgumentException("no test card: " + card)))
                                    .json();
                        }))
                .on(
                        "POST",
                        "/_fake/accounts/{id}",
                        (path, request) -> locked(() -> {
                            Resource account = found("account", path.get("id"));
                            JsonNode given = Json.parse(request.body());
                            if (given.path("complete").asBoolean()) {
                                Accounts.complete(world, account);
                            } else {
                                Accounts.refuse(
                                        world,
                                        account,
                                        given.path("disabled_reason").asText("requirements.past_due"));
                            }
                            return account.json();
                        }));
        webhooks(site);
    }

    private void webhooks(Site site) {
        site.on("POST", "/_fake/webhooks", act(given -> {
                    deliveries.disorder(
                            Disorder.of(given),
                            given.has("seed") ? given.get("seed").asLong() : null);
                    return given;
                }))
                .on("GET", "/_fake/webhooks", (path, request) -> locked(() -> Json.object("data", deliveries.log())))
                .on("POST", "/_fake/webhooks/release", act(given -> {
                    deliveries.release(world, given.path("order").asText("created"));
                    return Json.object("released", true);
                }))
                .on(
                        "POST",
                        "/_fake/webhooks/settle",
                        (path, request) ->
                                HttpAnswer.json(200, Json.object("settled", deliveries.settle(world, SETTLE))))
                .on(
                        "POST",
                        "/_fake/events/{id}/send",
                        (path, request) -> locked(() -> {
                            JsonNode endpoint = Json.parse(request.body()).path("endpoint");
                            deliveries.resend(
                                    world,
                                    found("event", path.get("id")),
                                    endpoint.isTextual() ? endpoint.asText() : null);
                            return Json.object("sent", true);
                        }))
                .on(
                        "GET",
                        "/_fake/events/{id}/signed/{endpoint}",
                        (path, request) -> locked(() -> Deliveries.signed(
                                found("event", path.get("id")), found("webhook_endpoint", path.get("endpoint")))))
                .on(
                        "POST",
                        "/_fake/endpoints",
                        act(given -> Endpoints.add(
                                        world,
                                        new Settings.Endpoint(
                                                given.path("url").asText(),
                                                given.path("secret").asText(),
                                                given.path("connect").asBoolean(false)))
                                .json()))
                .on(
                        "POST",
                        "/_fake/endpoints/{id}/roll",
                        (path, request) -> locked(() -> {
                            Resource endpoint = found("webhook_endpoint", path.get("id"));
                            Endpoints.roll(
                                    endpoint,
                                    Json.parse(request.body()).path("secret").asText());
                            return endpoint.json();
                        }));
    }

    private Settings settings(JsonNode given) {
        Settings settings = world.settings()
                .withSeed(given.path("seed").asLong(world.settings().seed()));
        if (given.has("clock")) {
            settings = settings.withFrozenClock(
                    Instant.ofEpochSecond(given.get("clock").asLong()));
        }
        return given.has("after_retries")
                ? settings.withRetries(
                        settings.retries(),
                        Settings.AfterRetries.valueOf(
                                given.get("after_retries").asText().toUpperCase(Locale.ROOT)))
                : settings;
    }

    /** Moves the clock, without the world's lock: between two timers the webhooks of the first are delivered. */
    private HttpAnswer clock(JsonNode given) {
        long now;
        synchronized (world) {
            now = world.clock().now();
        }
        Instant to = given.has("to")
                ? Instant.ofEpochSecond(given.get("to").asLong())
                : Instant.ofEpochSecond(now)
                        .atZone(ZoneOffset.UTC)
                        .plus(amount(given.path("advance").asText("PT0S")))
                        .toInstant();
        fake.advanceTo(to, given.path("settle").asBoolean(true));
        return locked(this::state);
    }

    private static java.time.temporal.TemporalAmount amount(String text) {
        return text.contains("T") ? Duration.parse(text) : Period.parse(text);
    }

    private JsonNode state() {
        return Json.document()
                .with("fake", "stripe")
                .with("api_version", world.settings().apiVersion())
                .with("seed", world.settings().seed())
                .with("now", world.clock().now())
                .with("planned_faults", faults.planned())
                .with("timers", world.clock().waiting())
                .with("objects", world.store().size())
                .with("account", World.PLATFORM)
                .json();
    }

    private Resource found(String type, String id) {
        return world.store().find(type, id).orElseThrow(() -> StripeError.noSuch(type, id));
    }

    private Site.Handler act(Function<JsonNode, JsonNode> action) {
        return (Map<String, String> path, HttpRequest request) ->
                locked(() -> action.apply(Json.parse(request.body())));
    }

    private HttpAnswer locked(java.util.function.Supplier<JsonNode> action) {
        synchronized (world) {
            return HttpAnswer.json(200, action.get());
        }
    }
}
