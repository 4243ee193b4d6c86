package io.tradosphere.messaging.notification;

import static io.tradosphere.messaging.Steps.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.LegendsPoolDistributed;
import io.tradosphere.contracts.billing.PayoutFailed;
import io.tradosphere.contracts.billing.PayoutKind;
import io.tradosphere.contracts.billing.PayoutPaid;
import io.tradosphere.contracts.billing.PoolShare;
import io.tradosphere.contracts.billing.SubscriptionActivated;
import io.tradosphere.contracts.billing.SubscriptionPastDue;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.contracts.competition.CompetitionCompleted;
import io.tradosphere.contracts.competition.CompetitionResult;
import io.tradosphere.contracts.competition.CompetitionStarted;
import io.tradosphere.contracts.competition.ParticipantJoined;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.contracts.messaging.Notified;
import io.tradosphere.contracts.profile.AchievementEarned;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.CommentRemoved;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.contracts.signal.SignalCommented;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.contracts.streaming.StreamCategory;
import io.tradosphere.contracts.streaming.StreamStarted;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class NotificationTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void follows_of_42_are_one_notification_and_count_once_as_unread() {
        // Given
        TestUser ana = somebody();
        TestUser last = somebody();
        List<Event> follows = new ArrayList<>();
        IntStream.range(0, 41).forEach(i -> follows.add(Social.followed(UUID.randomUUID(), ana)));
        follows.add(Social.followed(last.id(), ana));

        // When
        TopicReader.publishAll(follows);

        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(list(ana).getList("items.count")).containsExactly(42));
        assertThat(unreadCount(ana)).isEqualTo(1);
        assertThat(list(ana).getString("items[0].title")).endsWith("followed you");
        PublishedEvents.awaitEmptyOutbox();
        assertThat(ErasureSteps.told(Topic.MESSAGES, ana.id(), Notified.class)).isNotEmpty();
    }

    @Test
    void an_unfollow_leaves_the_unread_notification_and_the_last_one_takes_it_along() {
        TestUser ana = somebody();
        TestUser bob = somebody();
        TestUser carol = somebody();
        TopicReader.publish(Social.followed(bob.id(), ana), 1);
        awaitUnread(ana, 1);
        TopicReader.publish(Social.followed(carol.id(), ana), 1);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(list(ana).getString("items[0].title")).contains("and 1 other followed you"));

        TopicReader.publish(Social.unfollowed(carol.id(), ana), 2);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(list(ana).getString("items[0].actor.profileId"))
                        .isEqualTo(bob.id().toString()));
        TopicReader.publish(Social.unfollowed(bob.id(), ana), 2);
        await().atMost(SOON).until(() -> list(ana).getList("items").isEmpty());
        assertThat(unreadCount(ana)).isZero();
    }

    @Test
    void who_was_read_of_never_notifies_again_for_the_same_cause() {
        TestUser ana = somebody();
        TestUser bob = somebody();
        TestUser carol = somebody();
        TopicReader.publish(Social.followed(bob.id(), ana), 1);
        awaitUnread(ana, 1);
        readAll(ana);

        TopicReader.publish(Social.unfollowed(bob.id(), ana), 2);
        TopicReader.publish(Social.followed(bob.id(), ana), 3);
        TopicReader.publish(Social.followed(carol.id(), ana), 1);

        awaitUnread(ana, 1);
        awaitCause(ana, "follower:" + bob.id(), 3);
        assertThat(list(ana).getList("items.actor.profileId"))
                .containsExactly(carol.id().toString(), bob.id().toString());
        assertThat(list(ana).getList("items.count")).containsExactly(1, 1);
    }

    @Test
    void a_replay_of_events_changes_nothing() {
        TestUser ana = somebody();
        TestUser bob = somebody();
        Followed follow = Social.followed(bob.id(), ana);
        TopicReader.publish(follow, 1);
        TopicReader.publish(Social.unfollowed(bob.id(), ana), 2);
        TopicReader.publish(Social.followed(bob.id(), ana), 3);
        awaitCause(ana, "follower:" + bob.id(), 3);
        String before = list(ana).prettify();

        TopicReader.repeat(Topic.FOLLOWS, follow.key());
        TopicReader.publish(Social.followed(UUID.randomUUID(), bob), 1);

        awaitUnread(bob, 1);
        PublishedEvents.awaitEmptyOutbox();
        assertThat(list(ana).prettify()).isEqualTo(before);
        assertThat(unreadCount(ana)).isEqualTo(1);
    }

    @Test
    void a_reaction_to_a_signal_for_subscribers_notifies_its_creator_and_nobody_else() {
        TestUser ana = somebody();
        TestUser bob = somebody();
        UUID signal = UUID.randomUUID();

        TopicReader.publish(Social.reacted(signal, ana, bob.id()).on(Topic.SUBSCRIBER_ENGAGEMENT), 1);
        awaitUnread(ana, 1);
        TopicReader.publish(Social.unreacted(signal, ana, bob.id()), 2);

        await().atMost(SOON).until(() -> list(ana).getList("items").isEmpty());
        assertThat(list(bob).getList("items")).isEmpty();
    }

    @Test
    void comments_on_one_signal_are_one_notification_and_a_removed_one_leaves_it() {
        TestUser ana = somebody();
        TestUser bob = somebody();
        UUID signal = UUID.randomUUID();
        UUID first = UUID.randomUUID();
        comment(ana, signal, first, bob);
        comment(ana, signal, UUID.randomUUID(), bob);
        comment(ana, UUID.randomUUID(), UUID.randomUUID(), bob);
        comment(ana, signal, UUID.randomUUID(), ana);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(list(ana).getList("items.count")).containsExactlyInAnyOrder(2, 1));

        TopicReader.publish(
                new CommentRemoved(
                        signal, ana.id(), Social.born(ana), first, bob.id(), Social.born(bob), Instant.now()),
                2);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(list(ana).getList("items.count")).containsExactly(1, 1));
        assertThat(list(ana).getList("items.data.signalId")).contains(signal.toString());
        assertThat(unreadCount(ana)).isEqualTo(2);
    }

    @Test
    void a_type_that_is_switched_off_and_a_blocked_person_notify_of_nothing() {
        TestUser ana = somebody();
        TestUser bob = somebody();
        ana.asking()
                .body(Map.of("types", Map.of("follower", false)))
                .put("/v1/notifications/preferences")
                .then()
                .statusCode(200)
                .body("types.follower", equalTo(false));
        TopicReader.publish(new Blocked(ana.id(), Social.born(ana), bob.id(), Social.born(bob), Instant.now()), 1);
        await().atMost(SOON).until(() -> blocks(ana) == 1);

        TopicReader.publish(Social.followed(UUID.randomUUID(), ana), 1);
        UUID signal = UUID.randomUUID();
        comment(ana, signal, UUID.randomUUID(), bob);
        comment(ana, signal, UUID.randomUUID(), somebody());

        awaitUnread(ana, 1);
        await().atMost(SOON)
                .until(() ->
                        Sql.asSuperuser().number("SELECT count(*) FROM notification_causes WHERE user_id = ?", ana.id())
                                == 3);
        assertThat(list(ana).getList("items.type")).containsExactly("comment");
        assertThat(list(ana).getList("items.count")).containsExactly(1);
    }

    @Test
    void what_a_blocked_person_did_notifies_of_nothing_when_it_is_read_again_after_the_block() {
        // Given
        TestUser ana = somebody();
        TestUser bob = somebody();
        TopicReader.publish(new Blocked(ana.id(), Social.born(ana), bob.id(), Social.born(bob), Instant.now()), 1);
        await().atMost(SOON).until(() -> blocks(ana) == 1);
        UUID signal = UUID.randomUUID();
        UUID comment = UUID.randomUUID();
        comment(ana, signal, comment, bob);
        awaitCause(ana, "comment:" + comment, 1);
        TopicReader.publish(new Unblocked(ana.id(), Social.born(ana), bob.id(), Social.born(bob), Instant.now()), 2);
        await().atMost(SOON).until(() -> blocks(ana) == 0);

        // When
        comment(ana, signal, comment, bob);
        comment(ana, signal, UUID.randomUUID(), somebody());

        // Then
        awaitUnread(ana, 1);
        assertThat(list(ana).getList("items.count")).containsExactly(1);
    }

    @Test
    void reading_one_or_all_lowers_the_unread_count_and_others_cannot_read_it() {
        TestUser ana = somebody();
        for (int i = 0; i < 3; i++) {
            comment(ana, UUID.randomUUID(), UUID.randomUUID(), somebody());
        }
        awaitUnread(ana, 3);
        String one = list(ana).getString("items[0].id");

        somebody().asking().post("/v1/notifications/{id}/read", one).then().statusCode(404);
        ana.asking().post("/v1/notifications/{id}/read", one).then().statusCode(204);
        ana.asking().post("/v1/notifications/{id}/read", one).then().statusCode(204);

        assertThat(unreadCount(ana)).isEqualTo(2);
        assertThat(ana.asking().get("/v1/notifications?unread=true").jsonPath().getList("items"))
                .hasSize(2);
        readAll(ana);
        assertThat(unreadCount(ana)).isZero();
        assertThat(list(ana).getList("items.readAt")).hasSize(3).doesNotContainNull();
    }

    @Test
    void the_events_of_other_services_each_notify_whom_they_concern() {
        TestUser ana = somebody();
        TestUser bob = somebody();
        UUID signal = UUID.randomUUID();
        TopicReader.publish(
                new SignalResolved(
                        signal,
                        ana.id(),
                        Social.born(ana),
                        "BTC/USD",
                        AssetType.CRYPTO,
                        Direction.LONG,
                        Outcome.HIT,
                        OutcomeSource.MARKET,
                        new BigDecimal("70000"),
                        Instant.now(),
                        Instant.now()),
                1);
        TopicReader.publish(
                new AchievementEarned(ana.id(), Social.born(ana), UUID.randomUUID(), "First follower", Instant.now()),
                1);
        UUID subscription = UUID.randomUUID();
        TopicReader.publish(
                new SubscriptionActivated(subscription(subscription, bob, ana, SubscriptionStatus.ACTIVE, null)), 1);
        TopicReader.publish(
                new SubscriptionPastDue(
                        subscription(subscription, bob, ana, SubscriptionStatus.PAST_DUE, SubscriptionStatus.ACTIVE)),
                2);
        TopicReader.publish(
                new LegendsPoolDistributed(
                        YearMonth.of(2026, 1),
                        new BigDecimal("12.50"),
                        "USD",
                        List.of(new PoolShare(ana.id(), Social.born(ana), new BigDecimal("12.50"))),
                        Instant.now()),
                1);
        TopicReader.publish(
                new PayoutPaid(
                        UUID.randomUUID(),
                        ana.id(),
                        Social.born(ana),
                        PayoutKind.POOL_SHARE,
                        null,
                        YearMonth.of(2026, 1),
                        new BigDecimal("12.50"),
                        "USD",
                        Instant.now()),
                1);
        TopicReader.publish(
                new PayoutFailed(
                        UUID.randomUUID(),
                        ana.id(),
                        Social.born(ana),
                        PayoutKind.PRIZE,
                        UUID.randomUUID(),
                        null,
                        new BigDecimal("20.00"),
                        "USD",
                        "account_invalid",
                        Instant.now()),
                2);

        awaitUnread(ana, 6);
        awaitUnread(bob, 1);
        assertThat(list(ana).getList("items.type"))
                .containsExactlyInAnyOrder(
                        "signal-resolved", "achievement", "subscriber", "pool-share", "payout-paid", "payout-failed");
        assertThat(list(ana).getList("items.title"))
                .contains(
                        "Your signal on BTC/USD is a hit",
                        "You earned the achievement First follower",
                        "Your share of the legends pool of 2026-01 is 12.50 USD",
                        "Your payout of 12.50 USD is on its way",
                        "Your payout of 20.00 USD failed");
        assertThat(list(bob).getList("items.type")).containsExactly("subscription-past-due");
    }

    @Test
    void a_competition_notifies_its_participants_of_start_and_result_hidden_ones_too() {
        TestUser ana = somebody();
        TestUser bob = somebody();
        TestUser carol = somebody();
        UUID competition = UUID.randomUUID();
        Map<TestUser, UUID> participations =
                Map.of(ana, UUID.randomUUID(), bob, UUID.randomUUID(), carol, UUID.randomUUID());
        participations.forEach((person, participation) -> TopicReader.publish(
                new ParticipantJoined(
                        competition, participation, person.id(), Social.born(person), null, Instant.now()),
                1));
        TopicReader.publish(
                new ParticipantWithdrew(
                        competition, participations.get(carol), carol.id(), Social.born(carol), Instant.now()),
                2);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FILTER (WHERE takes_part) * 10 + count(*) FROM participants WHERE competition_id = ?",
                                        competition)
                        == 23);

        TopicReader.publish(
                new CompetitionStarted(competition, "Spring Cup", null, null, 2, Instant.now(), Instant.now()), 1);
        awaitUnread(ana, 1);
        awaitUnread(bob, 1);
        TopicReader.publish(
                new CompetitionCompleted(
                        competition,
                        "Spring Cup",
                        null,
                        null,
                        new BigDecimal("100.00"),
                        BigDecimal.ZERO,
                        "USD",
                        2,
                        List.of(
                                result(participations.get(ana), ana.id(), Social.born(ana), 1),
                                result(participations.get(bob), null, null, 2)),
                        Instant.now(),
                        null,
                        null),
                2);

        awaitUnread(ana, 2);
        awaitUnread(bob, 2);
        assertThat(list(ana).getList("items.title"))
                .containsExactly("You are number 1 of Spring Cup", "Spring Cup has started");
        assertThat(list(bob).getList("items.title"))
                .containsExactly("You are number 2 of Spring Cup", "Spring Cup has started");
        assertThat(list(carol).getList("items")).isEmpty();
    }

    @Test
    void a_creator_who_goes_live_notifies_every_follower_once_in_batches() {
        TestUser creator = somebody();
        TestUser follower = somebody();
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO follows (follower_id, following_id, follower_incarnation, following_incarnation, is_following, sequence)
                SELECT CASE WHEN i = 1 THEN $follower ELSE gen_random_uuid() END, $creator, 1, $born, true, 1 FROM generate_series(1, 1200) AS g(i);
                UPDATE follows SET follower_incarnation = $follows WHERE follower_id = $follower;
                """,
                        Map.of(
                                "follower",
                                follower,
                                "creator",
                                creator,
                                "born",
                                Social.born(creator),
                                "follows",
                                Social.born(follower)));
        StreamStarted started = new StreamStarted(
                UUID.randomUUID(), creator.id(), Social.born(creator), StreamCategory.values()[0], null, Instant.now());

        TopicReader.publish(started, 1);
        TopicReader.publish(started, 1);

        String sql = "SELECT count(*) FROM notifications WHERE type = 'creator-live' AND subject = ?";
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser().number(sql, started.streamId().toString()) == 1200);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM notification_fanouts WHERE subject = ? AND is_done",
                                        started.streamId().toString())
                        == 1);
        assertThat(Sql.asSuperuser().number(sql, started.streamId().toString())).isEqualTo(1200);
        assertThat(list(follower).getList("items.data.streamId"))
                .containsExactly(started.streamId().toString());
        assertThat(list(follower).getString("items[0].title")).endsWith(" is live");
    }

    private static CompetitionResult result(UUID participation, UUID person, Long incarnation, int rank) {
        return new CompetitionResult(
                participation,
                person,
                incarnation,
                person == null,
                null,
                rank,
                new BigDecimal("50.00"),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static SubscriptionState subscription(
            UUID id, TestUser subscriber, TestUser creator, SubscriptionStatus status, SubscriptionStatus previous) {
        return new SubscriptionState(
                id,
                subscriber.id(),
                Social.born(subscriber),
                creator.id(),
                Social.born(creator),
                status,
                previous,
                new BigDecimal("9.00"),
                "USD",
                Instant.now(),
                null,
                null,
                Instant.now());
    }

    private static void comment(TestUser creator, UUID signal, UUID comment, TestUser author) {
        TopicReader.publish(
                new SignalCommented(
                        signal,
                        creator.id(),
                        Social.born(creator),
                        comment,
                        author.id(),
                        Social.born(author),
                        Instant.now()),
                1);
    }

    private static JsonPath list(TestUser person) {
        return person.asking()
                .get("/v1/notifications")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static int unreadCount(TestUser person) {
        return person.asking().get("/v1/notifications/unread-count").jsonPath().getInt("count");
    }

    private static void readAll(TestUser person) {
        person.asking().post("/v1/notifications/read-all").then().statusCode(204);
    }

    private static long blocks(TestUser person) {
        return Sql.asSuperuser()
                .number("SELECT count(*) FROM blocks WHERE blocker_id = ? AND is_blocking", person.id());
    }

    private static void awaitUnread(TestUser person, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(unreadCount(person)).isEqualTo(count));
    }

    private static void awaitCause(TestUser person, String cause, long sequence) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column(
                                "SELECT sequence FROM notification_causes WHERE user_id = ? AND cause = ?",
                                person.id(),
                                cause)
                        .equals(List.of(sequence)));
    }
}
