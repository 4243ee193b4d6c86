package io.tradosphere.profile;

import static io.tradosphere.profile.FollowerCountTest.incarnationOf;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.billing.SubscriptionActivated;
import io.tradosphere.contracts.billing.SubscriptionCancelled;
import io.tradosphere.contracts.billing.SubscriptionEvent;
import io.tradosphere.contracts.billing.SubscriptionPastDue;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class SubscriberCountTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void only_active_subscriptions_count_and_one_that_is_active_again_counts_again() {
        TestUser creator = userWithProfile();
        TestUser subscriber = userWithProfile();
        UUID id = UUID.randomUUID();

        TopicReader.publish(activated(id, subscriber, creator), 1);
        awaitCount(creator, 1);
        TopicReader.publish(pastDue(id, subscriber, creator), 2);
        awaitCount(creator, 0);
        TopicReader.publish(activated(id, subscriber, creator), 3);
        awaitCount(creator, 1);
        TopicReader.publish(cancelled(id, subscriber, creator), 4);
        awaitCount(creator, 0);
        TopicReader.publish(activated(id, subscriber, creator), 5);
        awaitCount(creator, 1);
    }

    @Test
    void a_repeated_or_late_event_changes_nothing() {
        TestUser creator = userWithProfile();
        TestUser subscriber = userWithProfile();
        UUID id = UUID.randomUUID();

        TopicReader.publish(activated(id, subscriber, creator), 7);
        TopicReader.publish(activated(id, subscriber, creator), 7);
        TopicReader.publish(cancelled(id, subscriber, creator), 6);
        TopicReader.publish(activated(UUID.randomUUID(), userWithProfile(), creator), 8);

        awaitCount(creator, 2);
    }

    @Test
    void an_erased_subscriber_no_longer_counts() {
        TestUser creator = userWithProfile();
        TestUser subscriber = userWithProfile();
        UUID id = UUID.randomUUID();
        SubscriptionEvent late = activated(id, subscriber, creator);
        TopicReader.publish(late, 1);
        awaitCount(creator, 1);

        subscriber.asking().delete("/v1/profiles/me").then().statusCode(202);

        awaitCount(creator, 0);
        // and a late event of the erased person counts neither
        TopicReader.publish(late, 9);
        TopicReader.publish(activated(UUID.randomUUID(), userWithProfile(), creator), 1);
        awaitCount(creator, 1);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM subscription_edges WHERE subscriber_id = ? AND active",
                                subscriber.id()))
                .isZero();
    }

    private static void awaitCount(TestUser creator, int count) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(TestUser.nobody()
                                .get("/v1/profiles/{id}", creator.id())
                                .then()
                                .statusCode(200)
                                .extract()
                                .<Integer>path("stats.subscriberCount"))
                        .isEqualTo(count));
    }

    private static SubscriptionEvent activated(UUID id, TestUser subscriber, TestUser creator) {
        return new SubscriptionActivated(state(id, subscriber, creator, SubscriptionStatus.ACTIVE));
    }

    private static SubscriptionEvent pastDue(UUID id, TestUser subscriber, TestUser creator) {
        return new SubscriptionPastDue(state(id, subscriber, creator, SubscriptionStatus.PAST_DUE));
    }

    private static SubscriptionEvent cancelled(UUID id, TestUser subscriber, TestUser creator) {
        return new SubscriptionCancelled(state(id, subscriber, creator, SubscriptionStatus.CANCELLED));
    }

    private static SubscriptionState state(UUID id, TestUser subscriber, TestUser creator, SubscriptionStatus status) {
        Instant now = Instant.now();
        return new SubscriptionState(
                id,
                subscriber.id(),
                incarnationOf(subscriber),
                creator.id(),
                incarnationOf(creator),
                status,
                null,
                new BigDecimal("9.99"),
                "USD",
                now,
                now,
                now,
                now);
    }
}
