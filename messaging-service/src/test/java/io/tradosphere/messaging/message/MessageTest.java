package io.tradosphere.messaging.message;

import static io.tradosphere.messaging.Steps.contents;
import static io.tradosphere.messaging.Steps.send;
import static io.tradosphere.messaging.Steps.somebody;
import static io.tradosphere.messaging.Steps.trySending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.messaging.MessageSent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class MessageTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void a_message_is_seen_by_its_two_parties_and_published_without_its_text() {
        // Given
        TestUser alice = somebody();
        TestUser bob = somebody();

        // When
        Response response = alice.asking()
                .body(Map.of("recipientId", bob.id(), "content", "Did you see BTC?"))
                .post("/v1/messages");

        // Then
        response.then()
                .statusCode(201)
                .body("senderId", equalTo(alice.id().toString()))
                .body("recipientId", equalTo(bob.id().toString()))
                .body("content", equalTo("Did you see BTC?"))
                .body("readAt", nullValue());
        String location = response.header("Location");
        for (TestUser party : List.of(alice, bob)) {
            party.asking().get(location).then().statusCode(200).body("content", equalTo("Did you see BTC?"));
        }
        somebody().asking().get(location).then().statusCode(404);
        MessageSent sent = PublishedEvents.exactly(Topic.MESSAGES, bob.id().toString(), "messaging.sent")
                .event(0, MessageSent.class);
        assertThat(location).isEqualTo("/v1/messages/" + sent.messageId());
        assertThat(sent.senderIncarnation()).isEqualTo(KnownProfiles.incarnation(alice));
        assertThat(sent.recipientIncarnation()).isEqualTo(KnownProfiles.incarnation(bob));
    }

    @Test
    void nobody_writes_to_themselves_to_strangers_or_without_a_profile() {
        TestUser alice = somebody();

        write(alice, alice.id(), "hi").then().statusCode(400).body("type", containsString("/self-message"));
        write(alice, UUID.randomUUID(), "hi").then().statusCode(404).body("type", containsString("/unknown-profile"));
        write(TestUser.stranger(), alice.id(), "hi")
                .then()
                .statusCode(403)
                .body("type", containsString("/profile-required"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4_001})
    void a_message_has_1_to_4000_characters(int length) {
        write(somebody(), somebody().id(), "x".repeat(length))
                .then()
                .statusCode(400)
                .body("violations.field", equalTo(List.of("content")));
    }

    @Test
    void a_block_stops_messages_both_ways_until_it_is_removed() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        long bobs = KnownProfiles.incarnation(bob);
        long alices = KnownProfiles.incarnation(alice);

        TopicReader.publish(new Blocked(bob.id(), bobs, alice.id(), alices, Instant.now()), 1);

        await().atMost(SOON)
                .untilAsserted(() ->
                        write(alice, bob.id(), "hi").then().statusCode(403).body("type", containsString("/blocked")));
        write(bob, alice.id(), "hi").then().statusCode(403).body("detail", containsString("unblock it first"));

        TopicReader.publish(new Unblocked(bob.id(), bobs, alice.id(), alices, Instant.now()), 2);

        await().atMost(SOON).until(() -> trySending(alice, bob) == 201);
    }

    @Test
    void a_late_block_of_an_ended_incarnation_blocks_nobody() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        TestUser carol = somebody();
        long past = KnownProfiles.incarnation(bob) - 1;

        TopicReader.publish(
                new Blocked(bob.id(), past, alice.id(), KnownProfiles.incarnation(alice), Instant.now()), 1);
        TopicReader.publish(
                new Blocked(bob.id(), past + 1, carol.id(), KnownProfiles.incarnation(carol), Instant.now()), 1);

        await().atMost(SOON).until(() -> trySending(carol, bob) == 403);
        assertThat(trySending(alice, bob)).isEqualTo(201);
    }

    @Test
    void whoever_lets_nobody_write_gets_no_message() {
        TestUser alice = somebody();
        TestUser bob = somebody();

        prefer(bob, "nobody");

        write(alice, bob.id(), "hi").then().statusCode(403).body("type", containsString("/messages-not-accepted"));
        prefer(bob, "everyone");
        assertThat(trySending(alice, bob)).isEqualTo(201);
    }

    @Test
    void whoever_lets_the_followed_write_gets_messages_from_those_alone() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        prefer(bob, "followed");
        assertThat(trySending(alice, bob)).isEqualTo(403);

        TopicReader.publish(
                new Followed(
                        bob.id(),
                        KnownProfiles.incarnation(bob),
                        alice.id(),
                        KnownProfiles.incarnation(alice),
                        Instant.now()),
                1);

        await().atMost(SOON).until(() -> trySending(alice, bob) == 201);
    }

    @Test
    void a_sender_who_is_too_fast_is_told_how_long_to_wait_and_sends_nothing() {
        TestUser alice = somebody();
        TestUser bob = somebody();

        // A message more is allowed each second, and a busy machine takes its time.
        int sent = 0;
        Response response = write(alice, bob.id(), "message 0");
        while (response.statusCode() == 201 && sent < 1_000) {
            sent++;
            response = write(alice, bob.id(), "message " + sent);
        }

        assertThat(sent).isGreaterThanOrEqualTo(30);
        response.then().statusCode(429).body("type", containsString("/too-many-messages"));
        assertThat(Integer.parseInt(response.header("Retry-After"))).isBetween(1, 60);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM messages WHERE sender_id = ?", alice.id()))
                .isEqualTo(sent);
        assertThat(trySending(bob, alice)).isEqualTo(201);
    }

    @Test
    void a_message_that_is_sent_twice_with_one_key_is_one_message_even_at_once() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        Callable<Response> call = () -> alice.asking()
                .header("Idempotency-Key", "a key")
                .body(Map.of("recipientId", bob.id(), "content", "once"))
                .post("/v1/messages");

        List<Response> responses = Concurrently.run(Collections.nCopies(6, call));

        assertThat(responses).extracting(Response::statusCode).containsOnly(201);
        assertThat(responses.stream().map(response -> response.path("id")).distinct())
                .hasSize(1);
        assertThat(contents(bob, alice.id())).containsExactly("once");
    }

    @Test
    void a_deleted_message_is_gone_for_both_and_both_are_told() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        send(alice, bob, "stays");
        UUID message = UUID.fromString(alice.asking()
                .header("Idempotency-Key", "k")
                .body(Map.of("recipientId", bob.id(), "content", "goes"))
                .post("/v1/messages")
                .path("id"));

        bob.asking().delete("/v1/messages/{id}", message).then().statusCode(403);
        somebody().asking().delete("/v1/messages/{id}", message).then().statusCode(404);
        alice.asking().delete("/v1/messages/{id}", message).then().statusCode(204);

        alice.asking().delete("/v1/messages/{id}", message).then().statusCode(404);
        assertThat(contents(bob, alice.id())).containsExactly("stays");
        assertThat(contents(alice, bob.id())).containsExactly("stays");
        PublishedEvents.exactly(
                Topic.MESSAGES, bob.id().toString(), "messaging.sent", "messaging.sent", "messaging.deleted");
        PublishedEvents.exactly(Topic.MESSAGES, alice.id().toString(), "messaging.deleted");
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM removals WHERE item_id = ?", message))
                .isEqualTo(2);
        assertThat(Sql.asSuperuser()
                        .number("SELECT count(*) FROM idempotency_keys AS stored WHERE stored::text LIKE '%goes%'"))
                .isZero();
    }

    private static void prefer(TestUser person, String whoMayWrite) {
        person.asking()
                .body(Map.of("whoMayWrite", whoMayWrite))
                .put("/v1/notifications/preferences")
                .then()
                .statusCode(200)
                .body("whoMayWrite", equalTo(whoMayWrite))
                .body("types.reaction", equalTo(true));
    }

    private static Response write(TestUser sender, UUID recipient, String content) {
        return sender.asking()
                .body(Map.of("recipientId", recipient, "content", content))
                .post("/v1/messages");
    }
}
