package io.tradosphere.signal.audience;

import static io.tradosphere.signal.SignalSteps.commented;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.audience.AudienceSteps.forSubscribers;
import static io.tradosphere.signal.audience.AudienceSteps.getsAccess;
import static io.tradosphere.signal.audience.AudienceSteps.losesAccess;
import static io.tradosphere.signal.audience.AudienceSteps.subscriberOf;
import static io.tradosphere.signal.audience.AudienceSteps.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has access to signals for subscribers, and when it ends. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class AccessTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private TestUser creator;
    private TestUser subscriber;
    private UUID signal;

    @BeforeEach
    void a_signal_for_subscribers() {
        creator = creator();
        subscriber = subscriberOf(creator);
        signal = posted(creator, forSubscribers(freshSymbol()));
    }

    @Test
    void losing_access_takes_it_from_the_feed_and_getting_it_again_puts_it_back() {
        losesAccess(subscriber, creator);
        assertThat(feed(subscriber)).isEmpty();
        find(subscriber.asking()).then().statusCode(404);
        react(subscriber).then().statusCode(404);

        getsAccess(subscriber, creator);
        assertThat(feed(subscriber)).containsExactly(signal);
        find(subscriber.asking()).then().statusCode(200);
    }

    @Test
    void access_ends_by_the_clock_without_an_event() {
        assertThat(feed(subscriber)).containsExactly(signal);
        Sql.asSuperuser()
                .execute(
                        "UPDATE subscriptions SET access_until = clock_timestamp() + interval '1 second' WHERE subscriber_id = ?",
                        subscriber.id());

        await().atMost(SOON).untilAsserted(() -> assertThat(feed(subscriber)).isEmpty());
        find(subscriber.asking()).then().statusCode(404);
        react(subscriber).then().statusCode(404);
    }

    @Test
    void a_replay_from_zero_of_subscriptions_gives_nobody_access_again() {
        losesAccess(subscriber, creator);
        TestUser last = creator();

        TopicReader.repeat(
                Topic.SUBSCRIPTIONS, subscription(subscriber, creator).toString());
        getsAccess(last, creator);
        TopicReader.repeat(Topic.SUBSCRIPTIONS, subscription(last, creator).toString());

        find(subscriber.asking()).then().statusCode(404);
        find(last.asking()).then().statusCode(200);
    }

    @Test
    void of_readers_of_one_batch_each_reads_what_is_for_them() {
        TestUser stranger = creator();
        Sql batch = Sql.as(Slice.Role.APP).claimingAll(stranger, subscriber);

        assertThat(batch.column("SELECT may_read(?, ?)", creator.id(), subscriber.id()))
                .containsExactly(true);
        assertThat(batch.column("SELECT may_read(?, ?)", creator.id(), stranger.id()))
                .containsExactly(false);
        assertThat(batch.number("SELECT count(*) FROM signals WHERE id = ?", signal))
                .isEqualTo(1);
    }

    @Test
    void a_subscriber_who_is_blocked_sees_nothing_and_neither_does_who_blocks() {
        TestUser blocking = subscriberOf(creator);
        AudienceSteps.blocks(creator, subscriber);
        AudienceSteps.blocks(blocking, creator);

        for (TestUser reader : List.of(subscriber, blocking)) {
            assertThat(feed(reader)).isEmpty();
            assertThat(ofCreator(reader.asking())).isEmpty();
            find(reader.asking()).then().statusCode(404);
            react(reader).then().statusCode(404);
        }
    }

    @Test
    void who_loses_access_while_it_is_being_resolved_reads_it_once_it_is_everybodys() throws SQLException {
        try (OpenTransaction resolving = OpenTransaction.of(
                "UPDATE signals SET status = 'hit', outcome_price = 111 WHERE id = $signal",
                Map.of("signal", signal))) {
            find(subscriber.asking()).then().statusCode(200).body("status", equalTo("active"));
            losesAccess(subscriber, creator);
            find(subscriber.asking()).then().statusCode(404);
            resolving.commit();
        }

        find(subscriber.asking()).then().statusCode(200).body("status", equalTo("hit"));
    }

    @Test
    void the_erasure_of_either_party_ends_the_access_and_tells_nobody_of_the_signal() {
        TestUser alice = KnownProfiles.of(Tier.GROW);
        TestUser bob = KnownProfiles.of(Tier.GROW);
        getsAccess(bob, alice);
        getsAccess(subscriber, alice);
        UUID hers = posted(alice, forSubscribers(freshSymbol()));
        commented(bob, hers);

        KnownProfiles.erase(bob, KnownProfiles.incarnation(bob));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(KnownProfiles.tablesThatMention(bob)).isEmpty());
        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(KnownProfiles.tablesThatMention(alice)).isEmpty());

        assertThat(ErasureSteps.told(Topic.SUBSCRIBER_SIGNALS, alice.id(), SignalDeleted.class))
                .extracting(SignalDeleted::signalId)
                .containsExactly(hers);
        assertThat(PublishedEvents.of(Topic.SIGNALS, alice.id().toString()).types())
                .isEmpty();
        assertThat(PublishedEvents.of(Topic.SUBSCRIBER_ENGAGEMENT, hers.toString())
                        .types())
                .contains("signal.comment-removed");
        assertThat(PublishedEvents.of(Topic.ENGAGEMENT, hers.toString()).types())
                .isEmpty();
    }

    private Response find(RequestSpecification reader) {
        return reader.get("/v1/signals/{id}", signal);
    }

    private Response react(TestUser reader) {
        return reader.asking().body(Map.of("type", "rocket")).put("/v1/signals/{id}/reaction", signal);
    }

    private List<UUID> ofCreator(RequestSpecification reader) {
        return ids(reader.get("/v1/signals?creatorId=" + creator.id()));
    }

    private static List<UUID> feed(TestUser reader) {
        return ids(reader.asking().get("/v1/feed"));
    }

    private static List<UUID> ids(Response list) {
        return list.then().statusCode(200).extract().jsonPath().<String>getList("items.id").stream()
                .map(UUID::fromString)
                .toList();
    }
}
