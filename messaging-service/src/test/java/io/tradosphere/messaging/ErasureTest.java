package io.tradosphere.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.people.Forgetting;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.ForgettingSteps;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Slice slice;

    @Inject
    Forgetting forgetting;

    @Test
    void the_service_is_up_and_knows_whom_it_was_told_of() {
        Person alice = Acquaintance.of(Tier.GROW);

        assertThat(ForgettingSteps.isUp()).isTrue();
        assertThat(Acquaintance.incarnation(alice)).isPositive();
    }

    @Test
    void whoever_is_erased_is_in_no_table_and_others_keep_their_conversations() {
        Person alice = Acquaintance.of(Tier.FREE);
        Person bob = Acquaintance.of(Tier.FREE);
        Person carol = Acquaintance.of(Tier.FREE);
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO messages (sender_id, recipient_id, content)
                VALUES ($alice, $bob, 'hi'), ($bob, $alice, 'hi'), ($carol, $bob, 'hi');
                INSERT INTO notifications (user_id, type, title) VALUES ($alice, 'follow', 'hi'), ($bob, 'follow', 'hi');
                INSERT INTO notification_preferences (user_id, type, enabled)
                VALUES ($alice, 'follow', false), ($bob, 'follow', false);
                INSERT INTO blocks (blocker_id, blocked_id, blocker_incarnation, blocked_incarnation, is_blocking, sequence)
                VALUES ($alice, $carol, $life, 1, true, 1), ($carol, $alice, 1, $life, false, 1), ($bob, $carol, 1, 1, true, 1);
                INSERT INTO follows (follower_id, following_id, follower_incarnation, following_incarnation, is_following, sequence)
                VALUES ($alice, $bob, $life, 1, true, 1), ($bob, $alice, 1, $life, true, 1), ($carol, $alice, 1, $life, false, 1),
                  ($carol, $bob, 1, 1, true, 1);
                """,
                        Map.of("alice", alice, "bob", bob, "carol", carol, "life", Acquaintance.incarnation(alice)));

        Acquaintance.erase(alice, Acquaintance.incarnation(alice));

        awaitForgotten(alice);
        assertThat(Sql.asSuperuser().column("SELECT sender_id FROM messages WHERE recipient_id = ?", bob.id()))
                .containsExactly(carol.id());
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT sum(low_unread + high_unread) FROM conversations WHERE ? IN (low_id, high_id)",
                                bob.id()))
                .isEqualTo(1);
        for (String table : List.of("notifications", "notification_preferences")) {
            assertThat(Sql.asSuperuser().number("SELECT count(*) FROM " + table + " WHERE user_id = ?", bob.id()))
                    .isEqualTo(1);
        }
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM blocks WHERE blocker_id = ?", bob.id()))
                .isEqualTo(1);
        assertThat(Sql.asSuperuser().column("SELECT follower_id FROM follows WHERE following_id = ?", bob.id()))
                .containsExactly(carol.id());
    }

    @Test
    void who_has_come_back_keeps_what_the_present_life_has_made() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        Person alice = Acquaintance.of(UUID.randomUUID(), Tier.FREE, born);
        Person bob = Acquaintance.of(Tier.FREE);
        long before = Acquaintance.incarnation(born.minus(10, ChronoUnit.DAYS));
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO messages (sender_id, recipient_id, content) VALUES ($alice, $bob, 'present');
                SET LOCAL session_replication_role = replica;
                INSERT INTO messages (conversation_id, sender_id, recipient_id, content, sent_at)
                SELECT conversation_id, sender_id, recipient_id, 'past', now() - interval '5 days'
                FROM messages WHERE sender_id = $alice;
                SET LOCAL session_replication_role = origin;
                INSERT INTO notifications (user_id, type, title, created_at)
                VALUES ($alice, 'follow', 'past', now() - interval '5 days'), ($alice, 'follow', 'present', now());
                INSERT INTO follows (follower_id, following_id, follower_incarnation, following_incarnation, is_following, sequence)
                VALUES ($alice, $bob, $life, 1, true, 1), ($bob, $alice, 1, $before, true, 1);
                """,
                        Map.of("alice", alice, "bob", bob, "life", Acquaintance.incarnation(alice), "before", before));

        Acquaintance.erase(alice, before);

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
        assertThat(Acquaintance.incarnation(alice)).isEqualTo(Acquaintance.incarnation(born));
    }

    @Test
    void much_is_forgotten_in_bounded_parts() {
        Person alice = Acquaintance.of(Tier.FREE);
        Sql.asSuperuser().script("""
                INSERT INTO notifications (user_id, type, title)
                SELECT $alice, 'follow', 'hi' FROM generate_series(1, 2500)
                """, Map.of("alice", alice));

        Boolean more = slice.work(tx -> forgetting.forgetSome(tx, alice.id(), Acquaintance.incarnation(alice)))
                .await()
                .atMost(SOON);

        assertThat(more).isTrue();
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM notifications WHERE user_id = ?", alice.id()))
                .isBetween(500L, 2_400L);
        Acquaintance.erase(alice, Acquaintance.incarnation(alice));
        awaitForgotten(alice);
    }

    private static void awaitForgotten(Person person) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Acquaintance.tablesThatMention(person)).isEmpty());
    }
}
