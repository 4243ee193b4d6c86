package io.tradosphere.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The calls of a walk that are about money. */
final class BillingWalk {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String PLAN = "{\"priceMonthly\":\"9.99\",\"currency\":\"USD\"}";
    private static final String PORTAL = "{\"returnUrl\":\"http://localhost:3000/\"}";

    private final OperationWalk walk;
    private final Client admin = Client.admin();
    private final Client anyone = Client.anonymous();

    BillingWalk(OperationWalk walk) {
        this.walk = walk;
    }

    /** What is refused before the creator has a plan, and the fan a tier or a subscription. */
    void refusals(Client creator, Client fan) {
        UUID nothing = UUID.randomUUID();
        walk.send(403, fan, "PUT /v1/plans/me", PLAN);
        walk.call(404, anyone, "GET /v1/plans/{creatorId}", creator.id());
        walk.send(409, fan, "POST /v1/subscriptions", checkout(creator));
        walk.send(409, fan, "POST /v1/subscriptions/portal", PORTAL);
        walk.call(404, fan, "GET /v1/subscriptions/{subscriptionId}", nothing);
        walk.call(409, fan, "DELETE /v1/tiers/me");
        walk.call(404, admin, "POST /v1/payouts/{payoutId}/release", nothing);
        walk.call(403, fan, "POST /v1/payouts/run");
    }

    /** A subscription from the creator's plan to its cancellation, which is taken back. */
    void subscription(Client creator, Client fan) {
        walk.send(200, creator, "PUT /v1/plans/me", PLAN);
        StripePages.finishOnboarding(walk.send(201, creator, "POST /v1/plans/me/onboarding", """
                        {"returnUrl":"http://localhost:3000/done","refreshUrl":"http://localhost:3000/again"}""")
                .path("url")
                .asText());
        walk.call(200, anyone, "GET /v1/plans/{creatorId}", creator.id());
        JsonNode checkout = walk.send(201, fan, "POST /v1/subscriptions", checkout(creator));
        StripePages.pay(checkout.path("checkoutUrl").asText());
        await().atMost(TIMEOUT)
                .until(() -> walk.call(200, fan, "GET /v1/subscriptions/access/{creatorId}", creator.id())
                        .path("access")
                        .asBoolean());
        String subscription = checkout.path("id").asText();
        walk.call(200, creator, "GET /v1/subscriptions/{subscriptionId}", subscription);
        walk.call(200, fan, "GET /v1/subscriptions");
        walk.send(201, fan, "POST /v1/subscriptions/portal", PORTAL);
        walk.call(200, fan, "DELETE /v1/subscriptions/{subscriptionId}", subscription);
        walk.call(200, fan, "POST /v1/subscriptions/{subscriptionId}/resume", subscription);
    }

    /** A tier that is bought, changed and ended. */
    void tier(Client buyer) {
        walk.call(200, anyone, "GET /v1/tiers");
        StripePages.pay(walk.send(201, buyer, "POST /v1/tiers/checkout", """
                        {"tier":"elite","successUrl":"http://localhost:3000/done","cancelUrl":"http://localhost:3000/back"}""")
                .path("checkoutUrl")
                .asText());
        await().atMost(TIMEOUT)
                .until(() -> walk.call(200, buyer, "GET /v1/tiers/me")
                        .path("purchase")
                        .path("status")
                        .asText()
                        .equals("active"));
        walk.send(200, buyer, "PUT /v1/tiers/me", "{\"tier\":\"grow\"}");
        walk.call(200, buyer, "DELETE /v1/tiers/me");
    }

    /** The pool of the month before this one, which has one legend. */
    void legendsPool(Client legend) {
        YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
        walk.call(200, anyone, "GET /v1/legends-pool");
        walk.sendWith(
                "Idempotency-Key",
                UUID.randomUUID().toString(),
                201,
                admin,
                "POST /v1/legends-pool/{month}/accruals",
                "{\"amount\":\"1000.00\"}",
                month);
        walk.call(409, admin, "POST /v1/legends-pool/{month}/distribute", month);
        wasLegend(legend, month);
        walk.call(200, admin, "POST /v1/legends-pool/{month}/distribute", month);
        walk.call(200, anyone, "GET /v1/legends-pool?month=" + month);
    }

    /** A share of the pool, and the prize of a competition that is over. */
    void payouts(Client legend, String competition) {
        walk.call(200, legend, "GET /v1/payouts");
        await().atMost(TIMEOUT)
                .until(() -> !prize(competition).path("profileId").asText("").isEmpty());
        walk.call(
                200,
                admin,
                "POST /v1/payouts/{payoutId}/release",
                prize(competition).path("id").asText());
        walk.call(202, admin, "POST /v1/payouts/run");
    }

    /**
     * An event of a type that nothing here follows from. The body is compact, because the proxy writes JSON anew and the
     * signature is over its bytes.
     *
     * @param run part of the event's id
     */
    void webhook(String run) {
        String body =
                "{\"id\":\"evt_%s\",\"object\":\"event\",\"type\":\"balance.available\",\"created\":%d,\"data\":{\"object\":{\"object\":\"balance\"}}}"
                        .formatted(run, Instant.now().getEpochSecond());
        String webhook = "POST /v1/webhooks/stripe";
        walk.send(400, anyone, webhook, body);
        walk.sendWith("Stripe-Signature", WebhookSignatures.stripe(body), 204, anyone, webhook, body);
    }

    /** The first payout of the competition; missing when there is none yet. */
    private JsonNode prize(String competition) {
        JsonNode payouts = walk.call(200, admin, "GET /v1/payouts?of=everybody&status=unfunded")
                .path("items");
        return StreamSupport.stream(payouts.spliterator(), false)
                .filter(payout -> payout.path("sourceId").asText().equals(competition))
                .findFirst()
                .orElseGet(Client.JSON::missingNode);
    }

    private static String checkout(Client creator) {
        return """
                {"creatorId":"%s","successUrl":"http://localhost:3000/done","cancelUrl":"http://localhost:3000/back"}""".formatted(creator.id());
    }

    /** Nobody was a legend before the suite started, so the time as one is written into the database. */
    private static void wasLegend(Client legend, YearMonth month) {
        Database.execute("""
                INSERT INTO billing.legend_spans (profile_id, since, until, incarnation, sequence)
                SELECT id, '%s', '%s', incarnation, 0 FROM billing.profiles WHERE id = '%s'
                """.formatted(
                        month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC),
                        month.atEndOfMonth().atStartOfDay().toInstant(ZoneOffset.UTC),
                        legend.id()));
    }
}
