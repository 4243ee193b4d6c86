package io.tradosphere.signal.audience;

import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.billing.SubscriptionActivated;
import io.tradosphere.contracts.billing.SubscriptionCancelled;
import io.tradosphere.contracts.billing.SubscriptionEvent;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.signal.replica.SocialEvents;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Steps of the tests of signals for subscribers. Subscriptions are published as billing-service does. */
final class AudienceSteps {

    private static final Duration SOON = Duration.ofSeconds(30);

    private AudienceSteps() {}

    /** A profile with access to a creator's signals for a month. */
    static TestUser subscriberOf(TestUser creator) {
        TestUser subscriber = SignalSteps.creator();
        getsAccess(subscriber, creator);
        return subscriber;
    }

    /** Publishes an active subscription that gives access for a month, and awaits the replica. */
    static void getsAccess(TestUser subscriber, TestUser creator) {
        publish(new SubscriptionActivated(state(
                subscriber, creator, SubscriptionStatus.ACTIVE, Instant.now().plus(30, ChronoUnit.DAYS))));
    }

    /** Publishes the end of a subscription and its access, and awaits the replica. */
    static void losesAccess(TestUser subscriber, TestUser creator) {
        publish(new SubscriptionCancelled(state(
                subscriber, creator, SubscriptionStatus.CANCELLED, Instant.now().minusSeconds(1))));
    }

    /** Publishes a subscription event and awaits the replica. */
    private static void publish(SubscriptionEvent event) {
        long sequence = SocialEvents.next();
        TopicReader.publish(event, sequence);
        SubscriptionState state = event.subscription();
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column(
                                "SELECT sequence FROM subscriptions WHERE subscriber_id = ? AND creator_id = ?",
                                state.subscriberId(),
                                state.creatorId())
                        .equals(List.of(sequence)));
    }

    /** The Kafka key of a pair's subscription. */
    static UUID subscription(TestUser subscriber, TestUser creator) {
        return UUID.nameUUIDFromBytes((subscriber.id() + ":" + creator.id()).getBytes(StandardCharsets.UTF_8));
    }

    /** A LONG (stop 90, entry 100, target 110) for subscribers. */
    static Map<String, Object> forSubscribers(String symbol) {
        Map<String, Object> fields = new HashMap<>(SignalSteps.signalFields(symbol));
        fields.put("audience", "subscribers");
        return fields;
    }

    /** Publishes a block and awaits the replica. */
    static void blocks(TestUser blocker, TestUser blocked) {
        SocialEvents.publish(SocialEvents.blocked(blocker, blocked), SocialEvents.next());
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM blocks WHERE blocker_id = ? AND blocked_id = ? AND is_blocking",
                                        blocker.id(),
                                        blocked.id())
                        == 1);
    }

    private static SubscriptionState state(
            TestUser subscriber, TestUser creator, SubscriptionStatus status, Instant accessUntil) {
        Instant now = Instant.now();
        return new SubscriptionState(
                subscription(subscriber, creator),
                subscriber.id(),
                incarnationOf(subscriber),
                creator.id(),
                incarnationOf(creator),
                status,
                null,
                BigDecimal.TEN,
                "USD",
                now,
                accessUntil,
                accessUntil,
                now);
    }

    private static long incarnationOf(TestUser person) {
        return Sql.asSuperuser()
                .number("SELECT coalesce((SELECT incarnation FROM profiles WHERE id = ?), 1)", person.id());
    }
}
