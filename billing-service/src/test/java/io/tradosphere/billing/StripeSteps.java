package io.tradosphere.billing;

import static org.awaitility.Awaitility.await;

import com.stripe.net.Webhook;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tradosphere.contracts.Tier;
import io.tradosphere.stripefake.Settings;
import io.tradosphere.stripefake.StripeFake;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Test fixtures: creators with plans, subscribers, and what they do on Stripe's pages. */
public final class StripeSteps {

    /** Timeout for the effect of a webhook. */
    public static final Duration SOON = Duration.ofSeconds(60);

    /** A test card that pays. */
    public static final String GOOD_CARD = "4242424242424242";

    /** A test card that is declined when it is charged. */
    public static final String BAD_CARD = "4000000000000341";

    private static final int THREADS = 4;

    private StripeSteps() {}

    /**
     * Empties the fake, points its webhooks to the service under test, and moves its clock to this long before now.
     *
     * @return the endpoint for the platform's own events
     */
    public static String begin(Duration ago) {
        return begin(ago, Settings.AfterRetries.CANCEL);
    }

    /** Like {@link #begin(Duration)}, with what becomes of a subscription when Stripe stops trying. */
    public static String begin(Duration ago, Settings.AfterRetries afterRetries) {
        StripeFake fake = StripeResource.fake();
        // What earlier tests left to do is of objects that the fake no longer knows.
        Sql.asSuperuser().execute("DELETE FROM stripe_tasks");
        Sql.asSuperuser().execute("DELETE FROM stripe_objects WHERE requested > fetched");
        // The list of events begins again, too.
        Sql.asSuperuser().execute("DELETE FROM stripe_event_list");
        Settings settings = StripeResource.settings();
        // Another seed makes other ids, and the database keeps those of earlier tests.
        fake.reset(settings.withSeed(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE))
                .withRetries(settings.retries(), afterRetries));
        String url = "http://localhost:" + RestAssured.port + "/v1/webhooks/stripe";
        String endpoint = fake.addEndpoint(new Settings.Endpoint(url, StripeResource.WEBHOOK_SECRET, false));
        fake.addEndpoint(new Settings.Endpoint(url, StripeResource.OLD_WEBHOOK_SECRET, true));
        fake.advanceTo(Instant.now().minus(ago), true);
        return endpoint;
    }

    /** A creator with a plan of 9.99 USD who can be paid. */
    public static TestUser creator() {
        TestUser creator = KnownProfiles.of(Tier.GROW);
        setPlan(creator, "9.99", "USD").then().statusCode(200);
        onboard(creator);
        return creator;
    }

    /** The response to a request that sets a plan. */
    public static Response setPlan(TestUser creator, String price, String currency) {
        return creator.asking()
                .body(Map.of("priceMonthly", price, "currency", currency))
                .put("/v1/plans/me");
    }

    /** Makes a creator's connected account, and finishes its onboarding. */
    public static void onboard(TestUser creator) {
        creator.asking()
                .body(Map.of("returnUrl", "http://localhost:3000/", "refreshUrl", "http://localhost:3000/again"))
                .post("/v1/plans/me/onboarding")
                .then()
                .statusCode(201);
        control(Map.of("complete", true))
                .post("/_fake/accounts/{id}", account(creator))
                .then()
                .statusCode(200);
    }

    /** A creator's account at Stripe. */
    public static String account(TestUser creator) {
        return text("SELECT stripe_account_id FROM payout_accounts WHERE profile_id = ?", creator);
    }

    /** Somebody's customer at Stripe. */
    public static String customer(TestUser subscriber) {
        return text("SELECT stripe_customer_id FROM stripe_customers WHERE profile_id = ?", subscriber);
    }

    /** A profile that may subscribe. */
    public static TestUser subscriber() {
        return KnownProfiles.of(Tier.FREE);
    }

    /** The body of a request that begins a checkout. */
    public static Map<String, Object> checkoutOf(TestUser creator) {
        return Map.of(
                "creatorId",
                creator.id(),
                "successUrl",
                "http://localhost:3000/paid",
                "cancelUrl",
                "http://localhost:3000/plans");
    }

    /** The response to a request that begins a checkout. */
    public static Response checkout(TestUser subscriber, TestUser creator) {
        return subscriber.asking().body(checkoutOf(creator)).post("/v1/subscriptions");
    }

    /** Pays on the page of a checkout. */
    public static void pay(Response checkout) {
        pay(checkout.then().statusCode(201).extract().<String>path("checkoutUrl"));
    }

    /** Pays on this page of a checkout. */
    public static void pay(String page) {
        Http.submit(page + "/pay", Map.of("card", GOOD_CARD, "email", "payer@example.com"))
                .require(303);
    }

    /** Subscribes, pays, and waits until the subscription is active; returns its id. */
    public static UUID subscribed(TestUser subscriber, TestUser creator) {
        Response checkout = checkout(subscriber, creator);
        pay(checkout);
        UUID id = UUID.fromString(checkout.path("id"));
        awaitStatus(subscriber, id, "active");
        return id;
    }

    /** Waits until a party of the subscription sees this status. */
    public static void awaitStatus(TestUser party, UUID subscription, String status) {
        await("status " + status)
                .atMost(SOON)
                .until(() -> status.equals(show(party, subscription).path("status")));
    }

    /** Waits until everything that Stripe has told is applied: a fetch that comes later could undo what a test does. */
    public static void awaitQuiet() {
        StripeResource.fake().settle(SOON);
        await().atMost(SOON)
                .until(() ->
                        Sql.asSuperuser().number("SELECT count(*) FROM stripe_objects WHERE requested > fetched") == 0);
    }

    /** The response to a request for a subscription. */
    public static Response show(TestUser party, UUID subscription) {
        return party.asking().get("/v1/subscriptions/{id}", subscription);
    }

    /** Whether somebody has access to a creator. */
    public static boolean hasAccess(TestUser person, TestUser creator) {
        return person.asking()
                .get("/v1/subscriptions/access/{id}", creator.id())
                .then()
                .statusCode(200)
                .extract()
                .path("access");
    }

    /** Makes every card of a customer behave like this test card from now on. */
    public static void changeCard(TestUser subscriber, String card) {
        List<String> methods = stripe().get("/v1/customers/{id}/payment_methods", customer(subscriber))
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
        methods.forEach(method -> control(Map.of("card", card))
                .post("/_fake/payment_methods/{id}", method)
                .then()
                .statusCode(200));
    }

    /** A request to Stripe's API with the account's key. */
    public static RequestSpecification stripe() {
        return RestAssured.given()
                .baseUri(StripeResource.fake().baseUrl())
                .port(RestAssured.UNDEFINED_PORT)
                .auth()
                .oauth2(StripeResource.KEY);
    }

    /** A request to what the fake can do beyond Stripe. */
    public static RequestSpecification control(Map<String, ?> body) {
        return RestAssured.given()
                .baseUri(StripeResource.fake().baseUrl())
                .port(RestAssured.UNDEFINED_PORT)
                .contentType(ContentType.JSON)
                .body(body);
    }

    /** Some of the next fetches arrive late. Stripe has answered already, so what arrives is an old state. */
    public static void delaySomeFetches() {
        Http.control(
                        "/_fake/faults",
                        Map.of("path", "/v1/subscriptions/*", "times", 5, "delay_ms", 300, "when", "after"))
                .require(200);
    }

    /** The header of a webhook with this body that Stripe signs now. */
    public static String signature(String payload) {
        return signature(payload, StripeResource.WEBHOOK_SECRET, Duration.ZERO);
    }

    /** The header of a webhook that is signed with this secret, and this old. */
    public static String signature(String payload, String secret, Duration age) {
        try {
            return Webhook.Signature.generateSignatureHeader(
                    payload, secret, Instant.now().minus(age).getEpochSecond());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Does this with each element, with a few at once. */
    public static <T> void inParallel(List<T> all, Consumer<T> action) {
        Concurrently.run(IntStream.range(0, THREADS)
                .<Callable<Void>>mapToObj(thread -> () -> {
                    for (int i = thread; i < all.size(); i += THREADS) {
                        action.accept(all.get(i));
                    }
                    return null;
                })
                .toList());
    }

    private static String text(String sql, TestUser person) {
        return String.valueOf(Sql.asSuperuser().column(sql, person.id()).get(0));
    }
}
