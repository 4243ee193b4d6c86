package io.tradosphere.billing.subscription;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.awaitQuiet;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.checkoutOf;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.customer;
import static io.tradosphere.billing.StripeSteps.pay;
import static io.tradosphere.billing.StripeSteps.show;
import static io.tradosphere.billing.StripeSteps.signature;
import static io.tradosphere.billing.StripeSteps.subscribed;
import static io.tradosphere.billing.StripeSteps.subscriber;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.billing.Http;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A second subscription of a pair, beside a live one. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class DuplicateSubscriptionTest {

    /** Each of the two seems to be the second beside the first one, and then the later of them is it beside the other. */
    @Test
    void of_two_that_are_paid_beside_one_whose_end_is_not_known_yet_one_is_cancelled_and_refunded() {
        // Given
        String endpoint = begin(Duration.ofDays(1));
        TestUser creator = creator();
        TestUser alice = subscriber();
        List<String> tabs = Stream.generate(() -> Http.api(alice, "POST", "/v1/subscriptions", checkoutOf(creator))
                        .require(201)
                        .text("checkoutUrl"))
                .limit(2)
                .toList();
        UUID id = subscribed(alice, creator);
        String first = live(alice).get(0);
        Http.control("/_fake/webhooks", Map.of("hold", true)).require(200);
        Http.stripe("DELETE", "/v1/subscriptions/" + first, Map.of()).require(200);
        tabs.forEach(tab -> pay(tab));
        // When
        Http.stripe("/v1/events?limit=100&type=customer.subscription.created").data().stream()
                .filter(event ->
                        live(alice).contains(event.at("/data/object/id").asText()))
                .map(event -> StripeResource.fake()
                        .signed(event.path("id").asText(), endpoint)
                        .payload())
                .forEach(event -> Http.webhook(event, signature(event)).require(204));
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(live(alice)).hasSize(1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Http.stripe("/v1/charges?customer=" + customer(alice))
                                .data())
                        .extracting(charge -> charge.path("amount_refunded").asInt())
                        .containsExactlyInAnyOrder(0, 0, 999));
        awaitQuiet();
        show(alice, id).then().body("status", equalTo("active"));
    }

    private static List<String> live(TestUser person) {
        return Http.stripe("/v1/subscriptions?customer=" + customer(person)).data().stream()
                .map(one -> one.path("id").asText())
                .toList();
    }
}
