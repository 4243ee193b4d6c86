package io.tradosphere.messaging.realtime;

import static io.tradosphere.messaging.Steps.readAll;
import static io.tradosphere.messaging.Steps.send;
import static io.tradosphere.messaging.Steps.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.profile.AchievementEarned;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class RealtimeTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    RealtimeExpiry expiry;

    @Test
    void both_parties_get_messages_receipts_and_deletions_as_they_happen() throws IOException {
        TestUser alice = somebody();
        TestUser bob = somebody();
        try (StreamClient alices = StreamClient.of(alice);
                StreamClient bobs = StreamClient.of(bob)) {
            assertThat(alices.header("Content-Type")).startsWith("text/event-stream");
            assertThat(alices.header("Cache-Control")).isEqualTo("no-store");

            UUID message = send(alice, bob, "hi");
            for (StreamClient client : List.of(alices, bobs)) {
                client.awaitEvents("message");
                assertThat(client.get(1).json().getString("content")).isEqualTo("hi");
            }
            readAll(bob, alice);
            for (StreamClient client : List.of(alices, bobs)) {
                client.awaitEvents("message", "receipt");
                assertThat(client.get(2).json().getString("readerId"))
                        .isEqualTo(bob.id().toString());
                assertThat(client.get(2).json().getString("upTo")).isEqualTo(message.toString());
            }
            alice.asking().delete("/v1/messages/{id}", message).then().statusCode(204);
            for (StreamClient client : List.of(alices, bobs)) {
                client.awaitEvents("message", "receipt", "message-deleted");
                assertThat(client.get(3).json().getString("id")).isEqualTo(message.toString());
                assertThat(IntStream.range(0, 4).mapToObj(i -> client.get(i).number()))
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void a_notification_comes_when_it_is_new_and_when_it_is_read() throws IOException {
        TestUser alice = somebody();
        try (StreamClient client = StreamClient.of(alice)) {
            TopicReader.publish(
                    new AchievementEarned(
                            alice.id(), KnownProfiles.incarnation(alice), UUID.randomUUID(), "First", Instant.now()),
                    1);
            client.awaitEvents("notification");
            assertThat(client.get(1).json().getString("title")).isEqualTo("You earned the achievement First");
            assertThat(client.get(1).json().getString("readAt")).isNull();

            alice.asking().post("/v1/notifications/read-all").then().statusCode(204);

            client.awaitEvents("notification", "notification");
            assertThat(client.get(2).json().getString("readAt")).isNotNull();
        }
    }

    @Test
    void a_client_that_was_away_gets_what_it_missed_once_as_it_is_now() throws IOException {
        TestUser alice = somebody();
        TestUser bob = somebody();
        String seen;
        try (StreamClient client = StreamClient.of(bob)) {
            send(alice, bob, "seen");
            client.awaitEvents("message");
            seen = client.lastId();
        }

        send(alice, bob, "one");
        UUID deleted = send(alice, bob, "two");
        readAll(bob, alice);
        send(alice, bob, "three");
        readAll(bob, alice);
        alice.asking().delete("/v1/messages/{id}", deleted).then().statusCode(204);

        try (StreamClient client = StreamClient.resuming(bob, seen)) {
            client.awaitEvents("message", "message", "receipt", "message-deleted");
            assertThat(client.get(0).id()).isEqualTo(seen);
            assertThat(client.get(1).json().getString("content")).isEqualTo("one");
            assertThat(client.get(2).json().getString("content")).isEqualTo("three");
        }
    }

    @Test
    void more_than_one_read_brings_everything_in_order() throws IOException {
        TestUser alice = somebody();
        TestUser bob = somebody();
        String start;
        try (StreamClient client = StreamClient.of(bob)) {
            start = client.lastId();
        }
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO messages (sender_id, recipient_id, content) SELECT ?, ?, i::text FROM generate_series(1, 350) AS g(i)",
                        alice.id(),
                        bob.id());

        try (StreamClient client = StreamClient.resuming(bob, start)) {
            await().atMost(SOON).until(() -> client.names().size() == 351);
            assertThat(IntStream.range(1, 351)
                            .mapToObj(i -> client.get(i).json().getString("content")))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 350)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void what_cannot_be_had_any_more_is_said_at_once() throws IOException {
        TestUser alice = somebody();
        TestUser bob = somebody();
        UUID message = send(alice, bob, "hi");
        String before;
        try (StreamClient client = StreamClient.of(bob)) {
            before = client.lastId();
        }
        alice.asking().delete("/v1/messages/{id}", message).then().statusCode(204);
        Sql.asSuperuser()
                .execute("UPDATE removals SET created_at = now() - interval '31 days' WHERE user_id = ?", bob.id());

        expiry.run().await().atMost(SOON);

        for (String unknown : List.of(before, "999999999999")) {
            try (StreamClient client = StreamClient.resuming(bob, unknown)) {
                assertThat(client.names()).containsExactly("gap");
                send(bob, alice, "still told");
                client.awaitEvents("message");
            }
        }
    }

    @Test
    void a_ticket_opens_one_stream_and_only_soon_after_it_was_bought() throws IOException {
        TestUser alice = somebody();
        String first = ticket(alice);
        try (StreamClient client = StreamClient.attempt("?ticket=" + first + "&lastEventId=", null)) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(StreamClient.attempt("?ticket=" + first, null).status()).isEqualTo(401);
        }
        String late = ticket(alice);
        Sql.asSuperuser().execute("UPDATE realtime_tickets SET expires_at = now() WHERE user_id = ?", alice.id());
        assertThat(StreamClient.attempt("?ticket=" + late, null).status()).isEqualTo(401);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM realtime_tickets WHERE user_id = ?", alice.id()))
                .isZero();
    }

    @Test
    void a_stream_is_refused_without_token_without_profile_and_beyond_the_limit() throws IOException {
        TestUser alice = somebody();

        assertThat(StreamClient.attempt("", null).status()).isEqualTo(401);
        assertThat(StreamClient.attempt("?ticket=none", null).status()).isEqualTo(401);
        assertThat(StreamClient.attempt("", TestUser.stranger().token()).status())
                .isEqualTo(403);
        assertThat(StreamClient.attempt("?lastEventId=x", alice.token()).status())
                .isEqualTo(400);
        List<StreamClient> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            open.add(StreamClient.of(alice));
        }
        assertThat(StreamClient.attempt("", alice.token()).status()).isEqualTo(429);
        for (StreamClient client : open) {
            client.close();
        }
        await().atMost(SOON).until(() -> {
            try (StreamClient again = StreamClient.attempt("", alice.token())) {
                return again.status() == 200;
            }
        });
    }

    @Test
    void a_stream_ends_with_its_token_and_with_its_person() throws IOException {
        TestUser erased = somebody();
        // Last, so that the token's time is for the stream alone.
        TestUser brief = TestUser.forOnly(somebody().id(), Duration.ofSeconds(10));
        try (StreamClient briefs = StreamClient.of(brief);
                StreamClient gone = StreamClient.of(erased)) {
            KnownProfiles.erase(erased, KnownProfiles.incarnation(erased));

            await().atMost(Duration.ofSeconds(60)).until(() -> briefs.hasEnded() && gone.hasEnded());
        }
    }

    @Test
    void open_streams_hear_that_what_an_erased_person_wrote_and_caused_is_gone() throws IOException {
        TestUser erased = somebody();
        TestUser bob = somebody();
        UUID message = send(erased, bob, "hi");
        Sql.asSuperuser().script("""
                INSERT INTO notifications (user_id, type, title, actor_id, cause_count) VALUES ($bob, 'follower', 'New follower', $erased, 1);
                INSERT INTO notification_causes (user_id, cause, notification_id, actor_id, is_active, sequence)
                SELECT user_id, 'follower:' || $erased, id, $erased::uuid, true, 1 FROM notifications WHERE actor_id = $erased;
                """, Map.of("erased", erased, "bob", bob));
        try (StreamClient client = StreamClient.of(bob)) {
            KnownProfiles.erase(erased, KnownProfiles.incarnation(erased));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> client.names().containsAll(List.of("message-deleted", "notification-removed")));
            assertThat(client.get(client.names().indexOf("message-deleted"))
                            .json()
                            .getString("id"))
                    .isEqualTo(message.toString());
        }
        try (StreamClient client = StreamClient.resuming(bob, "0")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> client.names().size() > 1);
            assertThat(client.names()).isSubsetOf("ready", "gap", "message-deleted", "notification-removed");
        }
    }

    private static String ticket(TestUser person) {
        return person.asking()
                .post("/v1/realtime/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("ticket");
    }
}
