package io.tradosphere.billing.subscription;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.awaitStatus;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.checkout;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.customer;
import static io.tradosphere.billing.StripeSteps.hasAccess;
import static io.tradosphere.billing.StripeSteps.pay;
import static io.tradosphere.billing.StripeSteps.show;
import static io.tradosphere.billing.StripeSteps.stripe;
import static io.tradosphere.billing.StripeSteps.subscribed;
import static io.tradosphere.billing.StripeSteps.subscriber;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.stripefake.StripeFake;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class BlockTest {

    private final StripeFake fake = StripeResource.fake();

    @Test
    void a_creators_block_cancels_at_once_and_refunds_the_unused_part_once() {
        begin(Duration.ofDays(40));
        TestUser creator = creator();
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator);
        fake.advance(Duration.ofDays(15));

        block(creator, alice, 1);

        awaitStatus(alice, id, "cancelled");
        assertThat(hasAccess(alice, creator)).isFalse();
        // About half of 9.99 USD.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(refunds(alice))
                        .singleElement()
                        .satisfies(cents -> assertThat(cents).isBetween(450, 540)));

        // Both parties see the refund.
        for (TestUser party : List.of(alice, creator)) {
            await().atMost(SOON)
                    .untilAsserted(() -> show(party, id)
                            .then()
                            .body("refunds.kind", contains("refund"))
                            .body("refunds[0].status", equalTo("succeeded"))
                            .body("refunds[0].amount", matchesPattern("[45]\\.[0-9]{2}"))
                            .body("refunds[0].currency", equalTo("USD")));
        }

        // The same block again changes nothing.
        TopicReader.repeat(io.tradosphere.contracts.Topic.BLOCKS, creator.id() + ":" + alice.id());
        awaitNoTasks();
        assertThat(refunds(alice)).hasSize(1);

        // Nobody who is blocked can subscribe; afterwards they can again.
        checkout(alice, creator).then().statusCode(403).body("type", endsWith("/blocked"));
        unblock(creator, alice, 2);
        await().atMost(SOON).until(() -> checkout(alice, creator).statusCode() == 201);
        assertThat(subscribed(alice, creator)).isEqualTo(id);
    }

    @Test
    void a_checkout_that_is_paid_after_the_block_is_refunded_whole() {
        begin(Duration.ofDays(10));
        TestUser creator = creator();
        TestUser alice = subscriber();
        Response checkout = checkout(alice, creator);

        block(creator, alice, 1);
        await().atMost(SOON).until(() -> checkout(alice, creator).statusCode() == 403);
        pay(checkout);

        await().atMost(SOON).untilAsserted(() -> assertThat(refunds(alice)).containsExactly(999));
        awaitStatus(alice, UUID.fromString(checkout.path("id")), "cancelled");
    }

    @Test
    void a_dispute_and_its_end_are_shown_to_both_parties() {
        begin(Duration.ofDays(10));
        TestUser creator = creator();
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator);
        String charge = stripe().get("/v1/charges?customer=" + customer(alice)).path("data[0].id");

        String dispute = control(Map.of("charge", charge, "reason", "fraudulent"))
                .post("/_fake/disputes")
                .path("id");
        await().atMost(SOON)
                .untilAsserted(() -> show(creator, id)
                        .then()
                        .body("refunds.kind", contains("dispute"))
                        .body("refunds[0].status", equalTo("needs_response"))
                        .body("refunds[0].reason", equalTo("fraudulent")));

        control(Map.of("won", false)).post("/_fake/disputes/{id}/close", dispute);
        await().atMost(SOON).untilAsserted(() -> show(alice, id).then().body("refunds.status", contains("lost")));
    }

    @Test
    void a_subscribers_block_ends_nothing() {
        begin(Duration.ofDays(10));
        TestUser creator = creator();
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator);

        block(alice, creator, 1);

        await().atMost(SOON)
                .until(() ->
                        Sql.asSuperuser().number("SELECT count(*) FROM blocks WHERE blocker_id = ?", alice.id()) == 1);
        awaitNoTasks();
        awaitStatus(alice, id, "active");
    }

    private static void block(TestUser blocker, TestUser blocked, long sequence) {
        TopicReader.publish(
                new Blocked(
                        blocker.id(),
                        KnownProfiles.incarnation(blocker),
                        blocked.id(),
                        KnownProfiles.incarnation(blocked),
                        Instant.now()),
                sequence);
    }

    private static void unblock(TestUser blocker, TestUser blocked, long sequence) {
        TopicReader.publish(
                new Unblocked(
                        blocker.id(),
                        KnownProfiles.incarnation(blocker),
                        blocked.id(),
                        KnownProfiles.incarnation(blocked),
                        Instant.now()),
                sequence);
    }

    private static void awaitNoTasks() {
        await().atMost(SOON).until(() -> Sql.asSuperuser().number("SELECT count(*) FROM stripe_tasks") == 0);
    }

    /** What was given back to somebody, in cents. */
    private static List<Integer> refunds(TestUser payer) {
        return stripe()
                .get("/v1/charges?customer=" + customer(payer))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.amount_refunded", Integer.class)
                .stream()
                .filter(cents -> cents > 0)
                .toList();
    }
}
