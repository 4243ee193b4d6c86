package io.tradosphere.profile;

import static io.tradosphere.profile.FollowerCountTest.incarnationOf;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.billing.TierEnded;
import io.tradosphere.contracts.billing.TierEvent;
import io.tradosphere.contracts.billing.TierPurchased;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class PurchasedTierTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void the_higher_of_a_grant_and_a_purchase_counts_and_neither_ends_the_other() {
        TestUser alice = userWithProfile();

        TopicReader.publish(purchased(alice, Tier.ELITE), 1);
        awaitTier(alice, "elite");
        grant(alice, "grow");
        assertThat(tier(alice)).isEqualTo("elite");

        TopicReader.publish(ended(alice, Tier.ELITE), 2);
        awaitTier(alice, "grow");

        grant(alice, "gladiator");
        assertThat(tier(alice)).isEqualTo("gladiator");
        TopicReader.publish(purchased(alice, Tier.ELITE), 3);
        TopicReader.publish(ended(alice, Tier.ELITE), 4);
        TopicReader.publish(purchased(alice, Tier.GROW), 5);
        grant(alice, "free");
        awaitTier(alice, "grow");
    }

    @Test
    void a_repeated_or_late_purchase_and_one_of_an_earlier_incarnation_change_nothing() {
        TestUser alice = userWithProfile();
        TestUser bob = userWithProfile();

        TopicReader.publish(purchased(alice, Tier.GROW), 7);
        TopicReader.publish(purchased(alice, Tier.GLADIATOR), 6);
        TopicReader.publish(
                new TierPurchased(bob.id(), incarnationOf(bob) - 1, Tier.ELITE, Instant.now(), Instant.now()), 8);

        awaitTier(alice, "grow");
        TopicReader.publish(purchased(bob, Tier.GROW), 9);
        awaitTier(bob, "grow");
    }

    private static TierEvent purchased(TestUser person, Tier tier) {
        return new TierPurchased(person.id(), incarnationOf(person), tier, Instant.now(), Instant.now());
    }

    private static TierEvent ended(TestUser person, Tier tier) {
        return new TierEnded(person.id(), incarnationOf(person), tier, Instant.now());
    }

    private static void grant(TestUser person, String tier) {
        TestUser.withRole("platform-admin")
                .asking()
                .body(Map.of("tier", tier))
                .put("/v1/profiles/{id}/tier", person.id())
                .then()
                .statusCode(204);
    }

    private static String tier(TestUser person) {
        return TestUser.nobody().get("/v1/profiles/{id}", person.id()).path("tier");
    }

    private static void awaitTier(TestUser person, String tier) {
        await("tier " + tier).atMost(SOON).until(() -> tier.equals(tier(person)));
    }
}
