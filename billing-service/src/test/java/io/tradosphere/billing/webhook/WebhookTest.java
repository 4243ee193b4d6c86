package io.tradosphere.billing.webhook;

import static io.tradosphere.billing.StripeResource.OLD_WEBHOOK_SECRET;
import static io.tradosphere.billing.StripeResource.WEBHOOK_SECRET;
import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.awaitQuiet;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.stripe;
import static io.tradosphere.billing.StripeSteps.subscribed;
import static io.tradosphere.billing.StripeSteps.subscriber;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;

import com.stripe.net.Webhook;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class WebhookTest {

    private static final String EVENT = """
            {"id": "%s", "object": "event", "type": "%s", "api_version": "2020-08-27", "created": 1795378530,
             "data": {"object": {"id": "%s", "object": "subscription", "customer_email": "alice@example.com"}}}
            """;
    private static final String UPDATED = "customer.subscription.updated";

    private final String id = "evt_" + UUID.randomUUID();
    private final String object = "sub_" + UUID.randomUUID();

    @Test
    void a_signed_event_is_stored_without_its_payload_and_its_object_will_be_fetched() {
        send(event(UPDATED), WEBHOOK_SECRET).then().statusCode(204);

        assertThat(
                        stored(
                                "concat_ws(' ', type, object_id, object_type, api_version, extract(epoch FROM occurred_at)::bigint)"))
                .containsExactly(UPDATED + " " + object + " subscription 2020-08-27 1795378530");
        assertThat(Sql.asSuperuser().number("SELECT requested FROM stripe_objects WHERE id = ?", object))
                .isEqualTo(1);
        assertThat(Sql.asSuperuser()
                        .number("SELECT count(*) FROM stripe_events e WHERE e::text LIKE '%alice@example.com%'"))
                .isZero();
    }

    @Test
    void a_signature_by_the_secret_before_is_accepted_while_secrets_are_rotated() {
        send(event(UPDATED), OLD_WEBHOOK_SECRET).then().statusCode(204);

        assertThat(stored("id")).containsExactly(id);
    }

    @Test
    void an_event_that_arrives_many_times_at_once_requests_one_fetch() {
        String body = event(UPDATED);

        List<Integer> statuses = Concurrently.run(
                Collections.nCopies(20, () -> send(body, WEBHOOK_SECRET).statusCode()));

        assertThat(statuses).containsOnly(204);
        assertThat(stored("id")).containsExactly(id);
        assertThat(Sql.asSuperuser().number("SELECT requested FROM stripe_objects WHERE id = ?", object))
                .isEqualTo(1);
    }

    @Test
    void an_event_of_a_type_that_changes_nothing_here_is_ignored() {
        send(event("customer.tax_id.created"), WEBHOOK_SECRET).then().statusCode(204);

        assertThat(stored("status")).containsExactly("ignored");
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM stripe_objects WHERE id = ?", object))
                .isZero();
    }

    @Test
    void a_forged_event_is_refused() {
        refused(send(event(UPDATED), "whsec_somebody_elses_0123456789"));
    }

    @Test
    void an_event_without_a_signature_is_refused() {
        refused(RestAssured.given()
                .contentType("application/json")
                .body(event(UPDATED))
                .post("/v1/webhooks/stripe"));
    }

    @Test
    void a_signature_of_long_ago_is_refused() throws GeneralSecurityException {
        String body = event(UPDATED);

        refused(sendSigned(
                body,
                Webhook.Signature.generateSignatureHeader(
                        body, WEBHOOK_SECRET, Instant.now().getEpochSecond() - 301)));
    }

    @Test
    void a_body_that_was_changed_on_its_way_is_refused_even_by_a_space() throws GeneralSecurityException {
        String body = event(UPDATED);

        refused(sendSigned(body + " ", Webhook.Signature.generateSignatureHeader(body, WEBHOOK_SECRET)));
    }

    @Test
    void a_signed_body_that_is_no_event_is_refused() {
        send("{\"object\": \"event\"}", WEBHOOK_SECRET)
                .then()
                .statusCode(400)
                .body("type", endsWith("/malformed-body"));
    }

    @Test
    void a_body_beyond_the_limit_is_refused() {
        String large = event(UPDATED).replace("alice", "a".repeat(600_000));

        assertThat(send(large, WEBHOOK_SECRET).statusCode()).isEqualTo(413);
        assertThat(stored("id")).isEmpty();
    }

    @Test
    void events_are_taken_while_stripe_answers_nothing_and_then_every_subscription_is_in_stripes_state() {
        begin(Duration.ofDays(1));
        TestUser creator = creator();
        List<UUID> subscriptions = Stream.generate(() -> subscribed(subscriber(), creator))
                .limit(5)
                .toList();
        List<String> stripeIds =
                subscriptions.stream().map(WebhookTest::stripeId).toList();
        // None of them is fetched any more for what it was told before.
        awaitQuiet();
        control(Map.of("lost", 1)).post("/_fake/webhooks").then().statusCode(200);
        stripeIds.forEach(
                ended -> stripe().delete("/v1/subscriptions/{id}", ended).then().statusCode(200));
        control(Map.of("method", "GET", "path", "/v1/subscriptions/*", "times", 0, "hold", true))
                .post("/_fake/faults")
                .then()
                .statusCode(200);

        List<Integer> statuses = Concurrently.run(IntStream.range(0, 100)
                .<Callable<Integer>>mapToObj(number -> () -> send(
                                EVENT.formatted(id + number, UPDATED, stripeIds.get(number % stripeIds.size())),
                                WEBHOOK_SECRET)
                        .statusCode())
                .toList());

        assertThat(statuses).hasSize(100).containsOnly(204);
        assertThat(statuses(subscriptions)).containsOnly("active");
        control(Map.of()).delete("/_fake/faults").then().statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(statuses(subscriptions)).containsOnly("cancelled"));
    }

    private static String stripeId(UUID subscription) {
        return String.valueOf(Sql.asSuperuser()
                .column("SELECT stripe_subscription_id FROM subscriptions WHERE id = ?", subscription)
                .get(0));
    }

    private static List<Object> statuses(List<UUID> subscriptions) {
        return Sql.asSuperuser().column("SELECT status FROM subscriptions WHERE id = ANY (?)", (Object)
                subscriptions.toArray(UUID[]::new));
    }

    private void refused(Response response) {
        response.then().statusCode(400).body("type", endsWith("/bad-signature"));
        assertThat(stored("id")).isEmpty();
    }

    private List<Object> stored(String column) {
        return Sql.asSuperuser().column("SELECT " + column + " FROM stripe_events WHERE id = ?", id);
    }

    private String event(String type) {
        return EVENT.formatted(id, type, object);
    }

    private static Response send(String body, String secret) {
        try {
            return sendSigned(body, Webhook.Signature.generateSignatureHeader(body, secret));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Response sendSigned(String body, String signature) {
        return RestAssured.given()
                .contentType("application/json")
                .header("Stripe-Signature", signature)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/webhooks/stripe");
    }
}
