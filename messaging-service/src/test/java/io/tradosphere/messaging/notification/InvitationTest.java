package io.tradosphere.messaging.notification;

import static io.tradosphere.messaging.Steps.somebody;
import static io.tradosphere.messaging.notification.Social.born;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.ClanInvited;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class InvitationTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestUser ana = somebody();
    private final TestUser bob = somebody();
    private final UUID clan = UUID.randomUUID();
    private final UUID invitation = UUID.randomUUID();

    @Test
    void an_invitation_to_a_clan_notifies_the_invitee_and_names_the_inviter() {
        TopicReader.publish(Social.invitedToClan(clan, invitation, ana, bob.id()), 1);

        awaitUnread(ana, 1);
        JsonPath shown = list(ana);
        assertThat(shown.getString("items[0].type")).isEqualTo("invitation");
        assertThat(shown.getString("items[0].title")).isEqualTo("You are invited to a clan by " + nameOf(bob));
        assertThat(shown.getString("items[0].data.clanId")).isEqualTo(clan.toString());
        assertThat(shown.getString("items[0].actor.profileId"))
                .isEqualTo(bob.id().toString());
        assertThat(list(bob).getList("items")).isEmpty();
    }

    @Test
    void an_offer_of_a_watchlist_notifies_until_it_ends() {
        UUID watchlist = UUID.randomUUID();
        TopicReader.publish(Social.invitedToWatchlist(watchlist, invitation, ana, bob, WatchlistRole.OWNER), 1);
        awaitUnread(ana, 1);
        assertThat(list(ana).getString("items[0].title"))
                .isEqualTo("You are offered the ownership of a watchlist by " + nameOf(bob));
        assertThat(list(ana).getString("items[0].data.watchlistId")).isEqualTo(watchlist.toString());

        TopicReader.publish(Social.watchlistInvitationEnded(watchlist, invitation, ana), 2);

        awaitUnread(ana, 0);
        assertThat(list(ana).getList("items")).isEmpty();
    }

    @Test
    void a_notification_that_was_read_stays_when_its_invitation_ends_and_the_next_invitation_notifies_again() {
        TopicReader.publish(Social.invitedToClan(clan, invitation, ana, bob.id()), 1);
        awaitUnread(ana, 1);
        ana.asking().post("/v1/notifications/read-all").then().statusCode(204);

        end(2);
        awaitCause(2);
        assertThat(list(ana).getList("items")).hasSize(1);
        TopicReader.publish(Social.invitedToClan(clan, UUID.randomUUID(), ana, bob.id()), 3);

        awaitUnread(ana, 1);
        assertThat(list(ana).getList("items")).hasSize(2);
    }

    @Test
    void another_role_replaces_the_unread_invitation() {
        ClanInvited first = Social.invitedToClan(clan, invitation, ana, bob.id());
        TopicReader.publish(first, 1);
        awaitUnread(ana, 1);

        UUID other = UUID.randomUUID();
        List<Event> replaced = List.of(
                Social.clanInvitationEnded(clan, invitation, ana, born(ana)),
                Social.invitedToClan(clan, other, ana, born(ana), bob.id(), ClanRole.OWNER));
        TopicReader.publishAll(replaced, 2);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(list(ana).getList("items.title"))
                        .containsExactly("You are offered the ownership of a clan by " + nameOf(bob)));
        assertThat(list(ana).getList("items.count")).containsExactly(1);
        assertThat(unread(ana)).isEqualTo(1);
    }

    @Test
    void an_end_that_is_read_before_its_beginning_notifies_of_nothing() {
        end(2);
        awaitCause(2);

        TopicReader.publish(Social.invitedToClan(clan, invitation, ana, bob.id()), 1);
        TopicReader.publish(Social.invitedToClan(clan, UUID.randomUUID(), bob, ana.id()), 1);

        awaitUnread(bob, 1);
        assertThat(list(ana).getList("items")).isEmpty();
    }

    @Test
    void a_replay_from_the_beginning_changes_nothing() {
        UUID declined = UUID.randomUUID();
        TopicReader.publish(Social.invitedToClan(clan, declined, ana, bob.id()), 1);
        TopicReader.publish(Social.clanInvitationEnded(clan, declined, ana, born(ana)), 2);
        ClanInvited open = Social.invitedToClan(clan, invitation, ana, bob.id());
        TopicReader.publish(open, 3);
        awaitCause(3);
        String before = list(ana).prettify();

        TopicReader.repeat(Topic.CLAN_INVITATIONS, open.key());
        TopicReader.publish(Social.invitedToClan(clan, UUID.randomUUID(), bob, ana.id()), 1);

        awaitUnread(bob, 1);
        PublishedEvents.awaitEmptyOutbox();
        assertThat(list(ana).prettify()).isEqualTo(before);
        assertThat(unread(ana)).isEqualTo(1);
    }

    @Test
    void an_inviter_whom_the_invitee_has_blocked_and_a_type_that_is_off_notify_of_nothing() {
        TestUser carol = somebody();
        TopicReader.publish(new Blocked(ana.id(), born(ana), bob.id(), born(bob), Instant.now()), 1);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number("SELECT count(*) FROM blocks WHERE blocker_id = ? AND is_blocking", ana.id())
                        == 1);
        carol.asking()
                .body(Map.of("types", Map.of("invitation", false)))
                .put("/v1/notifications/preferences")
                .then()
                .statusCode(200);

        TopicReader.publish(Social.invitedToClan(clan, invitation, ana, bob.id()), 1);
        TopicReader.publish(Social.invitedToClan(clan, UUID.randomUUID(), carol, bob.id()), 1);

        awaitCause(1);
        await().atMost(SOON).until(() -> causes(carol) == 1);
        assertThat(list(ana).getList("items")).isEmpty();
        assertThat(list(carol).getList("items")).isEmpty();
    }

    @Test
    void the_erasure_of_inviter_or_invitee_leaves_nothing_of_the_invitation() {
        TestUser carol = somebody();
        ClanInvited toCarol = Social.invitedToClan(clan, UUID.randomUUID(), carol, ana.id());
        long incarnation = born(ana);
        TopicReader.publish(
                new ClanInvited(
                        toCarol.invitationId(),
                        clan,
                        carol.id(),
                        born(carol),
                        ana.id(),
                        incarnation,
                        ClanRole.MEMBER,
                        Instant.now()),
                1);
        ClanInvited toAna = Social.invitedToClan(clan, invitation, ana, bob.id());
        TopicReader.publish(toAna, 1);
        awaitUnread(ana, 1);
        awaitUnread(carol, 1);

        KnownProfiles.erase(ana, incarnation);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(KnownProfiles.tablesThatMention(ana)).isEmpty());
        assertThat(list(carol).getList("items")).isEmpty();
        assertThat(unread(carol)).isZero();
        TopicReader.repeat(Topic.CLAN_INVITATIONS, toAna.key());
        TopicReader.publish(Social.invitedToClan(clan, UUID.randomUUID(), bob, carol.id()), 1);
        awaitUnread(bob, 1);
        assertThat(KnownProfiles.tablesThatMention(ana)).isEmpty();
    }

    private void end(long sequence) {
        TopicReader.publish(Social.clanInvitationEnded(clan, invitation, ana, born(ana)), sequence);
    }

    private void awaitCause(long sequence) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column(
                                "SELECT sequence FROM notification_causes WHERE user_id = ? AND cause = ?",
                                ana.id(),
                                "invitation:" + invitation)
                        .equals(List.of(sequence)));
    }

    private static long causes(TestUser person) {
        return Sql.asSuperuser().number("SELECT count(*) FROM notification_causes WHERE user_id = ?", person.id());
    }

    private static Object nameOf(TestUser person) {
        return Sql.asSuperuser()
                .column("SELECT coalesce(display_name, username) FROM profiles WHERE id = ?", person.id())
                .get(0);
    }

    private static JsonPath list(TestUser person) {
        return person.asking()
                .get("/v1/notifications")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static int unread(TestUser person) {
        return person.asking().get("/v1/notifications/unread-count").jsonPath().getInt("count");
    }

    private static void awaitUnread(TestUser person, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(unread(person)).isEqualTo(count));
    }
}
