package io.tradosphere.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.erasure.BatchedErasure;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    SliceDatabase slice;

    @Inject
    BatchedErasure erasure;

    @Test
    void the_service_starts_and_its_replica_holds_published_profiles() {
        TestUser alice = KnownProfiles.of(Tier.GROW);

        assertThat(ErasureSteps.isUp()).isTrue();
        assertThat(KnownProfiles.incarnation(alice)).isPositive();
    }

    @Test
    void an_erased_person_is_in_no_table_and_others_keep_their_conversations() {
        TestUser alice = KnownProfiles.of(Tier.FREE);
        TestUser bob = KnownProfiles.of(Tier.FREE);
        TestUser carol = KnownProfiles.of(Tier.FREE);
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO messages (sender_id, recipient_id, content)
                VALUES ($alice, $bob, 'hi'), ($bob, $alice, 'hi, Alice'), ($carol, $bob, 'hi');
                UPDATE messages SET read_at = now() WHERE $alice IN (sender_id, recipient_id);
                INSERT INTO notifications (user_id, type, title) VALUES ($alice, 'tier', 'hi'), ($bob, 'tier', 'hi');
                INSERT INTO notification_preferences (user_id, type, enabled)
                VALUES ($alice, 'follow', false), ($bob, 'follow', false);
                INSERT INTO notifications (user_id, type, title, actor_id, cause_count)
                VALUES ($bob, 'follower', 'New follower', $alice, 2), ($carol, 'follower', 'New follower', $alice, 1);
                INSERT INTO notification_causes (user_id, cause, notification_id, actor_id, is_active, sequence)
                SELECT user_id, 'follower:' || $alice, id, $alice::uuid, true, 2 FROM notifications WHERE actor_id = $alice
                UNION ALL SELECT user_id, 'follower:' || $carol, id, $carol::uuid, true, 1 FROM notifications WHERE user_id = $bob AND cause_count = 2;
                INSERT INTO participants (participant_id, competition_id, profile_id, incarnation, takes_part, sequence)
                VALUES (gen_random_uuid(), gen_random_uuid(), $alice, $incarnation, true, 1);
                INSERT INTO notification_fanouts (type, audience_id, subject, title, data, actor_id, actor_incarnation, sequence, is_done)
                VALUES ('creator-live', $alice, gen_random_uuid()::text, 'hi', '{}', $alice, $incarnation, 1, true);
                INSERT INTO blocks (blocker_id, blocked_id, blocker_incarnation, blocked_incarnation, is_blocking, sequence)
                VALUES ($alice, $carol, $incarnation, 1, true, 1), ($carol, $alice, 1, $incarnation, false, 1), ($bob, $carol, 1, 1, true, 1);
                INSERT INTO follows (follower_id, following_id, follower_incarnation, following_incarnation, is_following, sequence)
                VALUES ($alice, $bob, $incarnation, 1, true, 1), ($bob, $alice, 1, $incarnation, true, 1), ($carol, $alice, 1, $incarnation, false, 1),
                  ($carol, $bob, 1, 1, true, 1);
                """,
                        Map.of(
                                "alice",
                                alice,
                                "bob",
                                bob,
                                "carol",
                                carol,
                                "incarnation",
                                KnownProfiles.incarnation(alice)));

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        awaitErased(alice);
        assertThat(Sql.asSuperuser().column("SELECT sender_id FROM messages WHERE recipient_id = ?", bob.id()))
                .containsExactly(carol.id());
        JsonPath inbox = Steps.inbox(bob).param("carol", carol.id().toString());
        assertThat(inbox.getString("items.find { it.peer == null }.lastMessage.content"))
                .isEqualTo("hi, Alice");
        assertThat(inbox.getInt("items.find { it.peer == null }.unreadCount")).isZero();
        assertThat(inbox.getInt("items.find { it.peer?.profileId == carol }.unreadCount"))
                .isEqualTo(1);
        UUID nameless = UUID.fromString(inbox.getString("items.find { it.peer == null }.id"));
        assertThat(Steps.contents(bob, nameless)).containsExactly("hi, Alice");
        bob.asking().get("/v1/conversations/{peer}/messages", alice.id()).then().statusCode(404);
        assertThat(Sql.asSuperuser()
                        .number("SELECT count(*) FROM notification_preferences WHERE user_id = ?", bob.id()))
                .isEqualTo(1);
        bob.asking()
                .get("/v1/notifications")
                .then()
                .body("items.size()", equalTo(2))
                .body("items.find { it.type == 'follower' }.count", equalTo(1))
                .body(
                        "items.find { it.type == 'follower' }.actor.profileId",
                        equalTo(carol.id().toString()));
        carol.asking().get("/v1/notifications/unread-count").then().body("count", equalTo(0));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM blocks WHERE blocker_id = ?", bob.id()))
                .isEqualTo(1);
        assertThat(Sql.asSuperuser().column("SELECT follower_id FROM follows WHERE following_id = ?", bob.id()))
                .containsExactly(carol.id());
    }

    @Test
    void a_person_who_returns_keeps_the_data_of_the_present_incarnation() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        TestUser alice = KnownProfiles.of(UUID.randomUUID(), Tier.FREE, born);
        TestUser bob = KnownProfiles.of(Tier.FREE);
        long before = KnownProfiles.incarnation(born.minus(10, ChronoUnit.DAYS));
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO messages (sender_id, recipient_id, content) VALUES ($alice, $bob, 'present');
                SET LOCAL session_replication_role = replica;
                INSERT INTO messages (conversation_id, sender_id, recipient_id, content, sent_at, sender_change, recipient_change)
                SELECT conversation_id, sender_id, recipient_id, 'past', now() - interval '5 days', 0, 0
                FROM messages WHERE sender_id = $alice;
                SET LOCAL session_replication_role = origin;
                INSERT INTO notifications (user_id, type, title, created_at)
                VALUES ($alice, 'follow', 'past', now() - interval '5 days'), ($alice, 'tier', 'present', now());
                INSERT INTO follows (follower_id, following_id, follower_incarnation, following_incarnation, is_following, sequence)
                VALUES ($alice, $bob, $incarnation, 1, true, 1), ($bob, $alice, 1, $before, true, 1);
                """,
                        Map.of(
                                "alice",
                                alice,
                                "bob",
                                bob,
                                "incarnation",
                                KnownProfiles.incarnation(alice),
                                "before",
                                before));

        KnownProfiles.erase(alice, before);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .column(
                                        "SELECT follower_id FROM follows WHERE ? IN (follower_id, following_id)",
                                        alice.id()))
                        .containsExactly(alice.id()));
        assertThat(Sql.asSuperuser().column("SELECT content FROM messages WHERE sender_id = ?", alice.id()))
                .containsExactly("present");
        assertThat(Sql.asSuperuser().column("SELECT title FROM notifications WHERE user_id = ?", alice.id()))
                .containsExactly("present");
        assertThat(KnownProfiles.incarnation(alice)).isEqualTo(KnownProfiles.incarnation(born));
    }

    @Test
    void much_data_is_erased_in_bounded_batches() {
        TestUser alice = KnownProfiles.of(Tier.FREE);
        Sql.asSuperuser().script("""
                INSERT INTO notifications (user_id, type, subject, title)
                SELECT $alice, 'follow', i::text, 'hi' FROM generate_series(1, 2500) AS g(i)
                """, Map.of("alice", alice));

        Boolean more = slice.asWorker(tx -> erasure.eraseBatch(tx, alice.id(), KnownProfiles.incarnation(alice)))
                .await()
                .atMost(SOON);

        assertThat(more).isTrue();
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM notifications WHERE user_id = ?", alice.id()))
                .isBetween(500L, 2_400L);
        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));
        awaitErased(alice);
    }

    private static void awaitErased(TestUser person) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(KnownProfiles.tablesThatMention(person)).isEmpty());
    }
}
