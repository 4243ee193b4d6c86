package io.tradosphere.signal.engagement;

import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.engagement.EngagementSteps.asksToReact;
import static io.tradosphere.signal.engagement.EngagementSteps.asksToTakeBack;
import static io.tradosphere.signal.engagement.EngagementSteps.awaitCounts;
import static io.tradosphere.signal.engagement.EngagementSteps.blocks;
import static io.tradosphere.signal.engagement.EngagementSteps.reacts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.Reaction;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.contracts.signal.SignalReacted;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ReactionTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void a_reaction_event_has_both_incarnations_and_the_trace_of_its_request() {
        TestUser creator = creator();
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator, signalFields(freshSymbol()));

        fan.asking()
                .header("traceparent", TRACE)
                .body(Map.of("type", "rocket"))
                .put("/v1/signals/{id}/reaction", signal)
                .then()
                .statusCode(204);

        PublishedEvents published = PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.reacted");
        SignalReacted reacted = published.event(0, SignalReacted.class);
        assertThat(reacted.signalId()).isEqualTo(signal);
        assertThat(reacted.creatorId()).isEqualTo(creator.id());
        assertThat(reacted.creatorIncarnation()).isEqualTo(1);
        assertThat(reacted.userId()).isEqualTo(fan.id());
        assertThat(reacted.incarnation()).isEqualTo(1);
        assertThat(reacted.reaction()).isEqualTo(Reaction.ROCKET);
        assertThat(reacted.previousReaction()).isNull();
        assertThat(reacted.reactedAt()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        assertThat(published.header(0, Envelope.TRACEPARENT)).isEqualTo(TRACE);
        assertThat(published.header(0, Envelope.SUBJECT)).isEqualTo(signal + ":" + fan.id());
        awaitCounts(signal, 1, 0, 0);
        fan.asking().get("/v1/signals/{id}", signal).then().body("myReaction", equalTo("rocket"));
    }

    @Test
    void a_changed_reaction_is_published_with_the_previous_one_and_changes_no_counter() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        reacts(fan, signal, "bullish");

        reacts(fan, signal, "bearish");

        PublishedEvents published =
                PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.reacted", "signal.reacted");
        assertThat(published.event(1, SignalReacted.class).reaction()).isEqualTo(Reaction.BEARISH);
        assertThat(published.event(1, SignalReacted.class).previousReaction()).isEqualTo(Reaction.BULLISH);
        TestUser.nobody()
                .get("/v1/signals/{id}/reactions", signal)
                .then()
                .body("bullish", equalTo(0))
                .body("bearish", equalTo(1));
        reacts(known(Tier.FREE), signal, "fire");
        awaitCounts(signal, 2, 0, 0);
    }

    @Test
    void a_repeated_reaction_changes_nothing_and_publishes_nothing() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        reacts(fan, signal, "like");
        reacts(fan, signal, "like");

        PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.reacted");
    }

    @Test
    void a_removed_reaction_is_published_and_without_one_nothing_changes() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        reacts(fan, signal, "thinking");

        asksToTakeBack(fan, signal).then().statusCode(204);
        asksToTakeBack(fan, signal).then().statusCode(204);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.ENGAGEMENT, signal.toString(), "signal.reacted", "signal.reaction-removed");
        ReactionRemoved removed = published.event(1, ReactionRemoved.class);
        assertThat(removed.userId()).isEqualTo(fan.id());
        assertThat(removed.reaction()).isEqualTo(Reaction.THINKING);
        fan.asking().get("/v1/signals/{id}", signal).then().body("myReaction", equalTo(null));
        reacts(known(Tier.FREE), signal, "fire");
        awaitCounts(signal, 1, 0, 0);
    }

    @Test
    void totals_have_every_type_and_are_there_for_everybody() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        for (String type : List.of("fire", "fire", "thinking", "rocket", "like", "bullish")) {
            reacts(known(Tier.FREE), signal, type);
        }

        TestUser.nobody()
                .get("/v1/signals/{id}/reactions", signal)
                .then()
                .statusCode(200)
                .body(
                        "",
                        equalTo(Map.of("fire", 2, "thinking", 1, "rocket", 1, "like", 1, "bullish", 1, "bearish", 0)));
        TestUser.nobody()
                .get("/v1/signals/{id}/reactions", posted(creator(), signalFields(freshSymbol())))
                .then()
                .statusCode(200)
                .body("fire", equalTo(0));
        TestUser.nobody()
                .get("/v1/signals/{id}/reactions", UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void a_signal_that_is_not_there_has_no_reactions() {
        TestUser fan = known(Tier.FREE);

        asksToReact(fan, UUID.randomUUID(), "like").then().statusCode(404).body("type", equalTo(problem("not-found")));
        asksToTakeBack(fan, UUID.randomUUID()).then().statusCode(404);
        fan.asking()
                .body(Map.of("type", "like"))
                .put("/v1/signals/not-an-id/reaction")
                .then()
                .statusCode(404);
    }

    @Test
    void reacting_requires_a_token_and_a_profile() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        TestUser.nobody()
                .body(Map.of("type", "like"))
                .put("/v1/signals/{id}/reaction", signal)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue());
        TestUser.nobody().delete("/v1/signals/{id}/reaction", signal).then().statusCode(401);
        asksToReact(TestUser.stranger(), signal, "like")
                .then()
                .statusCode(403)
                .body("type", equalTo(problem("profile-required")));
    }

    @Test
    void a_profile_unknown_to_the_replica_can_react() {
        TestUser fan = TestUser.stranger();
        isKnownToProfileService(fan, Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        reacts(fan, signal, "fire");

        PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.reacted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"LIKE\"}",
                "{\"type\":\"\"}",
                "{\"type\":\"like\\u0000\"}",
                "{\"type\":\"\\ud800\"}",
                "{\"type\":7}",
                "{\"type\":null}",
                "{}",
                "{\"type\":\"like\",\"userId\":\"0b7b3a52-7c0e-4a3c-8f0e-2f4a3f0f9d11\"}",
                "null",
                "[]",
                ""
            })
    void what_is_no_reaction_is_refused(String body) {
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        known(Tier.FREE)
                .asking()
                .body(body)
                .put("/v1/signals/{id}/reaction", signal)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void a_profile_blocked_by_the_creator_cannot_react_but_can_remove_an_earlier_reaction() {
        TestUser creator = creator();
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator, signalFields(freshSymbol()));
        reacts(fan, signal, "like");
        blocks(creator, fan, true);

        asksToReact(fan, signal, "fire").then().statusCode(403).body("type", equalTo(problem("blocked")));
        asksToReact(fan, posted(creator, signalFields(freshSymbol())), "fire")
                .then()
                .statusCode(403);
        asksToTakeBack(fan, signal).then().statusCode(204);

        PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.reacted", "signal.reaction-removed");
    }

    @Test
    void an_ended_block_and_a_block_of_the_creator_do_not_prevent_reactions() {
        TestUser creator = creator();
        TestUser forgiven = known(Tier.FREE);
        TestUser blocking = known(Tier.FREE);
        UUID signal = posted(creator, signalFields(freshSymbol()));
        blocks(creator, forgiven, false);
        blocks(blocking, creator, true);

        reacts(forgiven, signal, "like");
        reacts(blocking, signal, "like");
    }

    @Test
    void in_sql_nobody_reacts_for_another_profile_or_writes_a_counter() {
        TestUser fan = known(Tier.FREE);
        TestUser other = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        Sql asFan = Sql.as(Slice.Role.APP).claiming(fan.id());

        assertThat(asFan.refusal(
                        "INSERT INTO signal_engagement (signal_id, user_id, reaction_type) VALUES (?, ?, 'like')",
                        signal,
                        other.id()))
                .isEqualTo("42501");
        assertThat(Sql.as(Slice.Role.APP)
                        .claimingAll(fan, known(Tier.FREE))
                        .refusal(
                                "INSERT INTO signal_engagement (signal_id, user_id, reaction_type) VALUES (?, ?, 'like')",
                                signal,
                                other.id()))
                .isEqualTo("42501");
        assertThat(asFan.refusal("UPDATE signals SET like_count = 7 WHERE id = ?", signal))
                .isEqualTo("42501");
        reacts(other, signal, "like");
        assertThat(asFan.execute("UPDATE signal_engagement SET reaction_type = 'fire' WHERE signal_id = ?", signal))
                .isZero();
        assertThat(asFan.execute("DELETE FROM signal_engagement WHERE signal_id = ?", signal))
                .isZero();
    }
}
