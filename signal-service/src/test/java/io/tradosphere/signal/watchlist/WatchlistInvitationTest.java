package io.tradosphere.signal.watchlist;

import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.watchlist.WatchlistSteps.accept;
import static io.tradosphere.signal.watchlist.WatchlistSteps.blocks;
import static io.tradosphere.signal.watchlist.WatchlistSteps.decline;
import static io.tradosphere.signal.watchlist.WatchlistSteps.giveRole;
import static io.tradosphere.signal.watchlist.WatchlistSteps.invitationsOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.listOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.look;
import static io.tradosphere.signal.watchlist.WatchlistSteps.member;
import static io.tradosphere.signal.watchlist.WatchlistSteps.ownersOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.remove;
import static io.tradosphere.signal.watchlist.WatchlistSteps.roleOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.seen;
import static io.tradosphere.signal.watchlist.WatchlistSteps.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.WatchlistInvited;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class WatchlistInvitationTest {

    @Inject
    InvitationExpiry expiry;

    @Test
    void an_invited_profile_is_no_member_until_it_accepts() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        UUID list = listOf(owner);

        giveRole(owner, list, guest.id(), "editor").then().statusCode(204);

        look(guest, list).then().statusCode(404);
        assertThat(seen(owner, list).getList("members")).hasSize(1);
        guest.asking()
                .get("/v1/watchlists/invitations")
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].watchlistId", equalTo(list.toString()))
                .body("items[0].name", equalTo("Majors"))
                .body("items[0].role", equalTo("editor"))
                .body("items[0].invitedBy.profileId", equalTo(owner.id().toString()))
                .body("items[0].expiresAt", notNullValue());
        accept(guest, list).then().statusCode(204);
        assertThat(roleOf(guest, list)).isEqualTo("editor");
        assertThat(invitationsOf(guest)).isEmpty();
        accept(guest, list).then().statusCode(404).body("type", equalTo(problem("not-found")));
    }

    @Test
    void an_invitation_is_for_its_invitee_only() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        UUID list = listOf(owner);
        giveRole(owner, list, guest.id(), "editor").then().statusCode(204);

        accept(somebody(), list).then().statusCode(404);
        decline(somebody(), list).then().statusCode(204);
        TestUser.nobody().get("/v1/watchlists/invitations").then().statusCode(401);

        assertThat(invitationsOf(guest)).containsExactly(list.toString());
    }

    @Test
    void a_declined_or_withdrawn_invitation_is_not_accepted() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        TestUser other = somebody();
        UUID list = listOf(owner);
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);
        giveRole(owner, list, other.id(), "viewer").then().statusCode(204);

        decline(guest, list).then().statusCode(204);
        decline(guest, list).then().statusCode(204);
        remove(owner, list, other).then().statusCode(204);

        accept(guest, list).then().statusCode(404);
        accept(other, list).then().statusCode(404);
        assertThat(seen(owner, list).getList("members")).hasSize(1);
    }

    @Test
    void the_last_invitation_counts() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        UUID list = listOf(owner);
        giveRole(owner, list, guest.id(), "owner").then().statusCode(204);
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);

        accept(guest, list).then().statusCode(204);

        assertThat(roleOf(guest, list)).isEqualTo("viewer");
        assertThat(ownersOf(list)).containsExactly(owner.id());
    }

    @Test
    void a_new_role_replaces_the_offer_of_ownership() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser editor = member(list, owner, "editor");
        giveRole(owner, list, editor.id(), "owner").then().statusCode(204);
        giveRole(owner, list, editor.id(), "editor").then().statusCode(204);

        accept(editor, list).then().statusCode(404);
        assertThat(ownersOf(list)).containsExactly(owner.id());
    }

    @Test
    void a_new_owner_ends_the_invitations_of_the_former_one() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        UUID list = listOf(owner);
        TestUser successor = member(list, owner, "editor");
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);
        giveRole(owner, list, successor.id(), "owner").then().statusCode(204);

        accept(successor, list).then().statusCode(204);

        assertThat(invitationsOf(guest)).isEmpty();
        accept(guest, list).then().statusCode(404);
    }

    @Test
    void a_blocked_profile_invites_the_blocker_neither_as_a_member_nor_as_the_owner_nor_back() {
        TestUser owner = somebody();
        TestUser blocker = somebody();
        UUID list = listOf(owner);
        giveRole(owner, list, blocker.id(), "viewer").then().statusCode(204);
        accept(blocker, list).then().statusCode(204);
        remove(blocker, list, blocker).then().statusCode(204);
        blocks(blocker, owner, true);

        for (String role : new String[] {"viewer", "editor", "owner"}) {
            giveRole(owner, list, blocker.id(), role).then().statusCode(403).body("type", equalTo(problem("blocked")));
        }
        giveRole(blocker, listOf(blocker), owner.id(), "viewer").then().statusCode(403);
        assertThat(invitationsOf(blocker)).isEmpty();
    }

    @Test
    void a_member_who_has_blocked_the_owner_is_not_offered_the_list() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser blocker = member(list, owner, "editor");
        blocks(blocker, owner, true);

        giveRole(owner, list, blocker.id(), "owner").then().statusCode(403).body("type", equalTo(problem("blocked")));
    }

    @Test
    void a_block_between_invitation_and_acceptance_ends_the_invitation() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        UUID list = listOf(owner);
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);

        blocks(guest, owner, true);
        assertThat(invitationsOf(guest)).isEmpty();
        blocks(guest, owner, false);

        assertThat(invitationsOf(guest)).isEmpty();
        accept(guest, list).then().statusCode(404);
    }

    @Test
    void an_expired_invitation_is_not_accepted() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        UUID list = listOf(owner);
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);
        Sql.asSuperuser().execute("UPDATE watchlist_invitations SET expires_at = now() WHERE watchlist_id = ?", list);

        assertThat(invitationsOf(guest)).isEmpty();
        accept(guest, list).then().statusCode(404);
    }

    @Test
    void an_invitation_over_the_limit_of_open_ones_is_refused() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        Sql.asSuperuser().execute("""
                        WITH made AS (
                          INSERT INTO watchlists (name, created_by) SELECT 'L' || n, ? FROM generate_series(1, 100) n RETURNING id)
                        INSERT INTO watchlist_invitations (watchlist_id, user_id, role) SELECT id, ?, 'viewer' FROM made
                        """, somebody().id(), guest.id());
        UUID list = listOf(owner);

        giveRole(owner, list, guest.id(), "viewer")
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("limit-reached")));
        decline(guest, UUID.fromString(invitationsOf(guest).get(0))).then().statusCode(204);
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);
    }

    @Test
    void the_erasure_of_inviter_or_invitee_ends_the_invitation() {
        TestUser owner = somebody();
        TestUser erasedOwner = somebody();
        TestUser guest = somebody();
        TestUser erasedGuest = somebody();
        UUID list = listOf(owner);
        UUID passedOn = listOf(erasedOwner);
        member(passedOn, erasedOwner, "viewer");
        giveRole(owner, list, erasedGuest.id(), "viewer").then().statusCode(204);
        giveRole(erasedOwner, passedOn, guest.id(), "viewer").then().statusCode(204);

        KnownProfiles.erase(erasedGuest, KnownProfiles.incarnation(erasedGuest));
        KnownProfiles.erase(erasedOwner, KnownProfiles.incarnation(erasedOwner));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM watchlist_invitations WHERE watchlist_id IN (?, ?)",
                                        list,
                                        passedOn)
                        == 0);
        accept(guest, passedOn).then().statusCode(404);
    }

    @Test
    void an_invitation_is_an_event_and_the_same_one_again_is_none() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        UUID list = listOf(owner);

        giveRole(owner, list, guest.id(), "editor").then().statusCode(204);
        giveRole(owner, list, guest.id(), "editor").then().statusCode(204);

        WatchlistInvited invited =
                invitationEvents(list, guest, "watchlist.invited").event(0, WatchlistInvited.class);
        assertThat(invited.inviterId()).isEqualTo(owner.id());
        assertThat(invited.incarnation()).isEqualTo(KnownProfiles.incarnation(guest));
        assertThat(invited.role()).isEqualTo(WatchlistRole.EDITOR);
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);
        invitationEvents(list, guest, "watchlist.invited", "watchlist.invitation-ended", "watchlist.invited");
    }

    @Test
    void every_end_of_an_invitation_is_an_event() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser accepting = invited(owner, list);
        TestUser declining = invited(owner, list);
        TestUser withdrawn = invited(owner, list);
        TestUser blocking = invited(owner, list);
        TestUser expired = invited(owner, list);
        TestUser erased = invited(owner, list);
        TestUser outlasting = invited(owner, list);

        accept(accepting, list).then().statusCode(204);
        decline(declining, list).then().statusCode(204);
        remove(owner, list, withdrawn).then().statusCode(204);
        blocks(blocking, owner, true);
        Sql.asSuperuser()
                .execute("UPDATE watchlist_invitations SET expires_at = now() WHERE user_id = ?", expired.id());
        expiry.run().await().atMost(Duration.ofSeconds(30));
        KnownProfiles.erase(erased, KnownProfiles.incarnation(erased));
        await().atMost(Duration.ofSeconds(30)).until(() -> open(list) == 1);
        owner.asking().delete("/v1/watchlists/{id}", list).then().statusCode(204);

        for (TestUser guest : List.of(accepting, declining, withdrawn, blocking, expired, erased, outlasting)) {
            invitationEvents(list, guest, "watchlist.invited", "watchlist.invitation-ended");
        }
    }

    private static TestUser invited(TestUser owner, UUID list) {
        TestUser guest = somebody();
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);
        return guest;
    }

    private static long open(UUID list) {
        return Sql.asSuperuser().number("SELECT count(*) FROM watchlist_invitations WHERE watchlist_id = ?", list);
    }

    private static PublishedEvents invitationEvents(UUID list, TestUser guest, String... types) {
        return PublishedEvents.exactly(Topic.WATCHLIST_INVITATIONS, list + ":" + guest.id(), types);
    }
}
