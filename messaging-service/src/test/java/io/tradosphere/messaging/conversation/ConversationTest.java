package io.tradosphere.messaging.conversation;

import static io.tradosphere.messaging.Steps.contents;
import static io.tradosphere.messaging.Steps.inbox;
import static io.tradosphere.messaging.Steps.readAll;
import static io.tradosphere.messaging.Steps.send;
import static io.tradosphere.messaging.Steps.somebody;
import static io.tradosphere.messaging.Steps.trySending;
import static io.tradosphere.messaging.Steps.unread;
import static io.tradosphere.messaging.Steps.unreadRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.messaging.MessagesRead;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ConversationTest {

    @Test
    void an_inbox_has_a_row_for_each_peer_with_last_message_and_unread_count_newest_first() {
        // Given
        TestUser alice = somebody();
        TestUser bob = somebody();
        TestUser carol = somebody();
        send(bob, alice, "one");
        send(carol, alice, "two");
        send(bob, alice, "three");

        // When
        JsonPath inbox = inbox(alice);

        // Then
        assertThat(inbox.getList("items.peer.profileId"))
                .containsExactly(bob.id().toString(), carol.id().toString());
        assertThat(inbox.getList("items.lastMessage.content")).containsExactly("three", "two");
        assertThat(inbox.getList("items.unreadCount")).containsExactly(2, 1);
        assertThat(inbox(bob).getList("items.unreadCount")).containsExactly(0);
    }

    @Test
    void an_inbox_is_read_page_by_page_and_each_page_once() {
        TestUser alice = somebody();
        List<String> senders = IntStream.range(0, 5)
                .mapToObj(i -> somebody())
                .peek(sender -> send(sender, alice, "hi"))
                .map(sender -> sender.id().toString())
                .toList();
        send(alice, somebody(), "hi");

        JsonPath first = alice.asking().get("/v1/conversations?limit=4").jsonPath();
        JsonPath second = alice.asking()
                .queryParam("limit", 4)
                .queryParam("cursor", first.getString("nextCursor"))
                .get("/v1/conversations")
                .jsonPath();

        assertThat(first.getList("items")).hasSize(4);
        assertThat(second.getList("items.peer.profileId")).containsExactly(senders.get(1), senders.get(0));
        assertThat(second.getString("nextCursor")).isNull();
    }

    @Test
    void the_messages_of_a_conversation_are_opened_by_the_peer_or_by_its_id_newest_first() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        TestUser carol = somebody();
        send(alice, bob, "one");
        send(bob, alice, "two");
        UUID conversation = UUID.fromString(inbox(alice).getString("items[0].id"));

        assertThat(contents(alice, bob.id())).containsExactly("two", "one");
        assertThat(contents(bob, conversation)).containsExactly("two", "one");
        assertThat(contents(alice, carol.id())).isEmpty();
        carol.asking()
                .get("/v1/conversations/{id}/messages", conversation)
                .then()
                .statusCode(404);
    }

    @Test
    void reading_sets_read_at_for_the_sender_and_empties_the_unread_count() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        send(alice, bob, "one");
        UUID second = send(alice, bob, "two");
        send(alice, bob, "three");

        bob.asking()
                .body(Map.of("upTo", second))
                .post("/v1/conversations/{peer}/read", alice.id())
                .then()
                .statusCode(204);

        assertThat(unread(bob, alice)).isEqualTo(1);
        List<Object> readAt = alice.asking()
                .get("/v1/conversations/{peer}/messages", bob.id())
                .jsonPath()
                .getList("items.readAt");
        assertThat(readAt.get(0)).isNull();
        assertThat(readAt.subList(1, 3)).doesNotContainNull();
        MessagesRead read = PublishedEvents.exactly(
                        Topic.MESSAGES,
                        bob.id().toString(),
                        "messaging.sent",
                        "messaging.sent",
                        "messaging.sent",
                        "messaging.read")
                .event(3, MessagesRead.class);
        assertThat(read.messageId()).isEqualTo(second);
        assertThat(read.senderId()).isEqualTo(alice.id());
    }

    @Test
    void reading_again_changes_nothing_and_the_sender_cannot_read_for_the_recipient() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        send(alice, bob, "one");

        readAll(alice, bob);
        assertThat(unread(bob, alice)).isEqualTo(1);
        readAll(bob, alice);
        readAll(bob, alice);

        assertThat(unread(bob, alice)).isZero();
        PublishedEvents.exactly(Topic.MESSAGES, bob.id().toString(), "messaging.sent", "messaging.read");
    }

    @Test
    void reading_a_conversation_that_is_not_the_callers_is_404() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        TestUser carol = somebody();
        UUID message = send(alice, bob, "one");
        send(alice, carol, "two");
        UUID conversation = UUID.fromString(inbox(bob).getString("items[0].id"));

        for (UUID other : List.of(conversation, bob.id(), UUID.randomUUID())) {
            carol.asking()
                    .body("{}")
                    .post("/v1/conversations/{peer}/read", other)
                    .then()
                    .statusCode(404);
        }
        carol.asking()
                .body(Map.of("upTo", message))
                .post("/v1/conversations/{peer}/read", alice.id())
                .then()
                .statusCode(404);
    }

    @Test
    void two_who_write_to_each_other_at_once_have_one_conversation_in_one_order() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        List<Callable<Integer>> calls = IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(i -> () -> i % 2 == 0 ? trySending(alice, bob) : trySending(bob, alice))
                .toList();

        assertThat(Concurrently.run(calls)).containsOnly(201);

        assertThat(inbox(alice).getList("items")).hasSize(1);
        assertThat(unread(alice, bob)).isEqualTo(8);
        assertThat(unread(bob, alice)).isEqualTo(8);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(DISTINCT sent_at) FROM messages WHERE ? IN (sender_id, recipient_id)",
                                alice.id()))
                .isEqualTo(16);
    }

    @RepeatedTest(3)
    void unread_counts_equal_the_rows_while_messages_arrive_are_read_and_deleted() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        List<UUID> sent = IntStream.range(0, 6)
                .mapToObj(i -> send(alice, bob, "message " + i))
                .toList();
        List<Callable<Integer>> calls = IntStream.range(0, 18)
                .<Callable<Integer>>mapToObj(i -> () -> switch (i % 3) {
                    case 0 -> trySending(alice, bob);
                    case 1 ->
                        bob.asking()
                                .body("{}")
                                .post("/v1/conversations/{peer}/read", alice.id())
                                .statusCode();
                    default ->
                        alice.asking()
                                .delete("/v1/messages/{id}", sent.get(i / 3))
                                .statusCode();
                })
                .toList();

        assertThat(Concurrently.run(calls)).containsOnly(201, 204);

        assertThat(unread(bob, alice)).isEqualTo(unreadRows(bob, alice));
        readAll(bob, alice);
        assertThat(unread(bob, alice)).isZero();
        assertThat(unreadRows(bob, alice)).isZero();
    }

    @Test
    void a_deleted_last_message_gives_way_to_the_one_before_and_the_only_one_takes_the_conversation_along() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        UUID first = send(alice, bob, "one");
        UUID second = send(alice, bob, "two");

        alice.asking().delete("/v1/messages/{id}", second).then().statusCode(204);

        assertThat(inbox(bob).getList("items.lastMessage.content")).containsExactly("one");
        assertThat(unread(bob, alice)).isEqualTo(1);
        alice.asking().delete("/v1/messages/{id}", first).then().statusCode(204);
        assertThat(inbox(bob).getList("items")).isEmpty();
        assertThat(trySending(alice, bob)).isEqualTo(201);
        assertThat(unread(bob, alice)).isEqualTo(1);
    }

    @Test
    void every_change_of_a_person_has_a_number_of_its_own() {
        TestUser alice = somebody();
        TestUser bob = somebody();
        UUID first = send(alice, bob, "one");
        send(bob, alice, "two");
        readAll(bob, alice);
        alice.asking().delete("/v1/messages/{id}", first).then().statusCode(204);

        for (TestUser person : List.of(alice, bob)) {
            List<Object> numbers = Sql.asSuperuser().column("""
                    SELECT change FROM (
                      SELECT sender_change AS change FROM messages WHERE sender_id = ?1
                      UNION ALL SELECT recipient_change FROM messages WHERE recipient_id = ?1
                      UNION ALL SELECT sender_change FROM receipts WHERE sender_id = ?1
                      UNION ALL SELECT reader_change FROM receipts WHERE reader_id = ?1
                      UNION ALL SELECT change FROM removals WHERE user_id = ?1) AS changes ORDER BY change
                    """.replace("?1", "'" + person.id() + "'"));
            assertThat(numbers).hasSize(3).doesNotHaveDuplicates();
            assertThat(Sql.asSuperuser().column("SELECT last_change FROM mailboxes WHERE user_id = ?", person.id()))
                    .containsExactly(numbers.get(2));
        }
    }

    @Test
    void an_inbox_of_40000_messages_reads_as_few_pages_of_the_database_as_one_of_40() {
        TestUser little = somebody();
        TestUser much = somebody();
        fill(little, 40);
        fill(much, 40_000);
        Sql.asSuperuser().execute("ANALYZE messages, conversations");

        long few = buffersOf(little);
        long many = buffersOf(much);

        assertThat((double) many).isLessThan(1.5 * few + 20);
        much.asking().get("/v1/conversations").then().statusCode(200).body("items", hasSize(20));
    }

    /** Messages of 1,000 people at most, written past the triggers, and the conversations as they would be. */
    private static void fill(TestUser person, int messages) {
        Sql.asSuperuser().script("""
                SET LOCAL session_replication_role = replica;
                CREATE TEMPORARY TABLE peers ON COMMIT DROP AS
                  SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS conversation FROM generate_series(0, least($messages / 2, 1000) - 1) AS n;
                INSERT INTO profiles (id, username, tier, incarnation, sequence) SELECT id, 'p' || replace(id::text, '-', ''), 'free', 1, 1 FROM peers;
                INSERT INTO messages (conversation_id, sender_id, recipient_id, content, sent_at, sender_change, recipient_change)
                  SELECT peers.conversation, peers.id, $person, 'hi', now() - i * INTERVAL '1 second', i, i
                  FROM generate_series(1, $messages) AS g(i) JOIN peers ON peers.n = i % (SELECT count(*) FROM peers);
                INSERT INTO conversations (id, low_id, high_id, last_message_id, last_sent_at, low_unread, high_unread)
                  SELECT DISTINCT ON (conversation_id) conversation_id, least(sender_id, recipient_id), greatest(sender_id, recipient_id), id, sent_at, 0, 0
                  FROM messages WHERE recipient_id = $person ORDER BY conversation_id, sent_at DESC;
                """, Map.of("person", person, "messages", messages));
    }

    /** The pages that the inbox's first page reads, by the plan of the service's own statement and role. */
    private static long buffersOf(TestUser person) {
        String plan = String.join(
                "\n",
                Sql.as(Slice.Role.APP)
                        .claiming(person.id())
                        .column("EXPLAIN (ANALYZE, BUFFERS, SUMMARY OFF) "
                                + Conversations.LIST
                                        .replace("$1", "'" + person.id() + "'::uuid")
                                        .replace("$2", "'infinity'::timestamptz")
                                        .replace("$3", "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid")
                                        .replace("$4", "21"))
                        .stream()
                        .map(Object::toString)
                        .toList());
        Matcher buffers =
                Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?").matcher(plan);
        assertThat(buffers.find()).as(plan).isTrue();
        assertThat(plan).doesNotContain("Seq Scan on messages").doesNotContain("Seq Scan on conversations");
        return Long.parseLong(buffers.group(1)) + (buffers.group(2) == null ? 0 : Long.parseLong(buffers.group(2)));
    }
}
