package io.tradosphere.signal.audience;

import static io.tradosphere.signal.SignalSteps.asksToPost;
import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.commented;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.outcome;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.audience.AudienceSteps.forSubscribers;
import static io.tradosphere.signal.audience.AudienceSteps.subscriberOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.contracts.signal.Audience;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.signal.replica.SocialEvents;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscription buys: signals for subscribers, until they are resolved and become everybody's. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class SubscriberSignalTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private TestUser creator;
    private TestUser subscriber;
    private String symbol;
    private UUID signal;

    @BeforeEach
    void a_signal_for_subscribers() {
        creator = creator();
        subscriber = subscriberOf(creator);
        symbol = freshSymbol();
        signal = posted(creator, forSubscribers(symbol));
    }

    @Test
    void who_has_access_finds_it_in_the_feed_by_its_creator_and_by_id() {
        UUID open = posted(creator, signalFields(freshSymbol()));

        assertThat(feed(subscriber)).containsExactly(signal);
        assertThat(ofCreator(subscriber.asking())).containsExactly(open, signal);
        assertThat(ofCreator(creator.asking())).containsExactly(open, signal);
        assertThat(ofCreator(TestUser.nobody())).containsExactly(open);
        for (TestUser reader : List.of(subscriber, creator)) {
            find(reader.asking())
                    .then()
                    .statusCode(200)
                    .body("audience", equalTo("subscribers"))
                    .body("rationale", equalTo("because"));
        }
        find(TestUser.nobody()).then().statusCode(404);
    }

    @Test
    void the_pages_of_a_creators_list_have_every_signal_once() {
        UUID open = posted(creator, signalFields(freshSymbol()));
        UUID latest = posted(creator, forSubscribers(freshSymbol()));
        Response first = subscriber.asking().get("/v1/signals?limit=2&creatorId=" + creator.id());

        assertThat(ids(first)).containsExactly(latest, open);
        assertThat(ids(subscriber
                        .asking()
                        .get("/v1/signals?limit=2&creatorId=" + creator.id() + "&cursor=" + first.path("nextCursor"))))
                .containsExactly(signal);
        assertThat(ids(subscriber.asking().get("/v1/signals?status=active&creatorId=" + creator.id())))
                .containsExactly(latest, open, signal);
    }

    @Test
    void an_unknown_audience_is_refused() {
        Map<String, Object> fields = forSubscribers(symbol);
        fields.put("audience", "friends");

        asksToPost(creator, fields).then().statusCode(400).body("type", equalTo(problem("invalid-request")));
    }

    @Test
    void who_has_access_engages_and_is_counted_and_only_the_internal_topic_tells_it() {
        TestUser stranger = creator();
        UUID comment = commented(subscriber, signal);
        react(subscriber).then().statusCode(204);
        subscriber.asking().post("/v1/signals/{id}/views", signal).then().statusCode(204);
        react(stranger).then().statusCode(404);

        await().atMost(SOON)
                .untilAsserted(() -> find(subscriber.asking())
                        .then()
                        .body("myReaction", equalTo("rocket"))
                        .body("likeCount", equalTo(1))
                        .body("commentCount", equalTo(1))
                        .body("viewCount", equalTo(1)));
        subscriber
                .asking()
                .get("/v1/signals/{id}/reactions", signal)
                .then()
                .statusCode(200)
                .body("rocket", equalTo(1));
        subscriber
                .asking()
                .get("/v1/signals/{id}/comments", signal)
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(comment.toString()));
        creator.asking()
                .get("/v1/signals/{id}/comments/{comment}", signal, comment)
                .then()
                .statusCode(200);
        creator.asking()
                .delete("/v1/signals/{id}/comments/{comment}", signal, comment)
                .then()
                .statusCode(204);
        subscriber.asking().delete("/v1/signals/{id}/reaction", signal).then().statusCode(204);
        assertThat(PublishedEvents.of(Topic.SUBSCRIBER_ENGAGEMENT, signal.toString())
                        .types())
                .contains("signal.comment-removed", "signal.reaction-removed");
        assertThat(PublishedEvents.of(Topic.ENGAGEMENT, signal.toString()).types())
                .isEmpty();
    }

    @Test
    void a_replay_of_its_engagement_counts_nothing_twice() {
        react(subscriber).then().statusCode(204);
        PublishedEvents.awaitEmptyOutbox();

        TopicReader.repeat(Topic.SUBSCRIBER_ENGAGEMENT, signal.toString());
        commented(subscriber, signal);

        await().atMost(SOON)
                .untilAsserted(() -> find(subscriber.asking()).then().body("commentCount", equalTo(1)));
        find(subscriber.asking()).then().body("likeCount", equalTo(1));
    }

    @Test
    void an_edit_and_a_deletion_stay_on_the_internal_topic() {
        creator.asking()
                .body(Map.of("rationale", "a retest"))
                .patch("/v1/signals/{id}", signal)
                .then()
                .statusCode(200);

        assertThat(subscriber.asking().get("/v1/feed").<String>path("items[0].rationale"))
                .isEqualTo("a retest");
        creator.asking().delete("/v1/signals/{id}", signal).then().statusCode(204);
        assertThat(feed(subscriber)).isEmpty();
        PublishedEvents.exactly(
                Topic.SUBSCRIBER_SIGNALS, creator.id().toString(), "signal.posted", "signal.edited", "signal.deleted");
        assertThat(PublishedEvents.of(Topic.SIGNALS, creator.id().toString()).types())
                .isEmpty();
    }

    @Test
    void after_its_first_minute_it_is_not_deleted() {
        Sql.asSuperuser().script("""
                SET LOCAL session_replication_role = replica;
                UPDATE signals SET posted_at = posted_at - interval '61 seconds' WHERE id = $signal
                """, Map.of("signal", signal));

        creator.asking()
                .delete("/v1/signals/{id}", signal)
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("no-longer-deletable")));
    }

    @Test
    void once_resolved_it_is_everybodys_and_told_to_everybody_just_before_its_outcome() {
        TestUser fan = creator();
        SocialEvents.follows(fan, creator);
        SocialEvents.follows(subscriber, creator);
        UUID later = posted(creator, signalFields(freshSymbol()));
        assertThat(feed(fan)).containsExactly(later);

        asksToResolve(creator, signal, "hit", "111").then().statusCode(200).body("audience", equalTo("subscribers"));

        PublishedEvents told = PublishedEvents.exactly(
                Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.posted", "signal.resolved");
        SignalPosted shown = told.event(1, SignalPosted.class);
        assertThat(shown.signalId()).isEqualTo(signal);
        assertThat(shown.audience()).isEqualTo(Audience.SUBSCRIBERS);
        assertThat(shown.postedAt()).isBefore(told.event(0, SignalPosted.class).postedAt());
        assertThat(told.event(0, SignalPosted.class).audience()).isEqualTo(Audience.PUBLIC);
        find(TestUser.nobody()).then().statusCode(200).body("status", equalTo("hit"));
        assertThat(ofCreator(TestUser.nobody())).containsExactly(later, signal);
        assertThat(ids(TestUser.nobody().get("/v1/signals?assetSymbol=" + symbol)))
                .containsExactly(signal);
        for (TestUser reader : List.of(fan, subscriber)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(feed(reader)).containsExactly(later, signal));
        }
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM timeline WHERE signal_id = ? AND reader_id IN (?, ?)",
                                        signal,
                                        fan.id(),
                                        subscriber.id())
                        == 2);
        assertThat(feed(subscriber)).containsExactly(later, signal);
    }

    @Test
    void a_subscriber_who_does_not_follow_keeps_the_result_in_the_feed() {
        asksToResolve(creator, signal, "cancelled", null).then().statusCode(200);

        assertThat(feed(subscriber)).containsExactly(signal);
        find(TestUser.nobody()).then().statusCode(200).body("status", equalTo("cancelled"));
        PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.resolved");
    }

    @Test
    void the_market_resolves_it_as_any_other() {
        TopicReader.publish(new PriceTicked(symbol, new BigDecimal("112"), Instant.now()), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(outcome(signal)).isEqualTo("hit 112 market"));
        PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.resolved");
        find(TestUser.nobody()).then().statusCode(200);
    }

    @Test
    void timelines_have_it_only_when_it_is_everybodys() {
        TestUser fan = creator();
        SocialEvents.follows(fan, creator);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM follows WHERE follower_id = ? AND merged_until = '-infinity'",
                                        fan.id())
                        == 1);

        assertThat(timeline(fan)).isEmpty();
        assertThat(feed(fan)).isEmpty();
        asksToResolve(creator, signal, "hit", "111").then().statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(fan)).containsExactly(signal));
        assertThat(feed(fan)).containsExactly(signal);
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

    private static List<Object> timeline(TestUser reader) {
        return Sql.asSuperuser().column("SELECT signal_id FROM timeline WHERE reader_id = ?", reader.id());
    }
}
