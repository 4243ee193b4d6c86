package io.tradosphere.social.clan;

import static io.tradosphere.social.clan.ClanSteps.accept;
import static io.tradosphere.social.clan.ClanSteps.acceptOwnership;
import static io.tradosphere.social.clan.ClanSteps.block;
import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.decline;
import static io.tradosphere.social.clan.ClanSteps.elite;
import static io.tradosphere.social.clan.ClanSteps.invitationsOf;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.social.clan.ClanSteps.key;
import static io.tradosphere.social.clan.ClanSteps.remove;
import static io.tradosphere.social.clan.ClanSteps.setRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanInvitationEnded;
import io.tradosphere.contracts.social.ClanInvited;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ClanInvitationTest {

    @Inject
    InvitationExpiry expiry;

    @Test
    void an_invited_profile_is_no_member_until_it_accepts() {
        TestUser owner = elite();
        TestUser guest = TestProfiles.known();
        UUID clan = clanOf(owner);

        assertThat(setRole(owner, clan, guest, "admin")).isEqualTo(204);

        TestUser.nobody().get("/v1/clans/{id}", clan).then().body("memberCount", equalTo(1));
        guest.asking()
                .get("/v1/clans/invitations")
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].clanId", equalTo(clan.toString()))
                .body("items[0].name", notNullValue())
                .body("items[0].role", equalTo("admin"))
                .body("items[0].invitedBy.profileId", equalTo(owner.id().toString()));
        assertThat(accept(guest, clan)).isEqualTo(204);
        assertThat(accept(guest, clan)).isEqualTo(404);
        assertThat(invitationsOf(guest)).isEmpty();
        PublishedEvents published =
                PublishedEvents.exactly(Topic.CLAN_MEMBERS, key(clan, guest), "social.clan-member-joined");
        assertThat(published.event(0, ClanMemberJoined.class).role()).isEqualTo(ClanRole.ADMIN);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void an_invitation_is_for_its_invitee_only_and_ends_when_declined_or_withdrawn() {
        TestUser owner = elite();
        TestUser guest = TestProfiles.known();
        TestUser other = TestProfiles.known();
        UUID clan = clanOf(owner);
        setRole(owner, clan, guest, "member");
        setRole(owner, clan, other, "member");

        assertThat(accept(TestProfiles.known(), clan)).isEqualTo(404);
        assertThat(decline(TestProfiles.known(), clan)).isEqualTo(204);
        assertThat(setRole(guest, clan, other, "admin")).isEqualTo(403);
        assertThat(remove(guest, clan, other)).isEqualTo(204);
        assertThat(invitationsOf(other)).containsExactly(clan.toString());
        assertThat(decline(guest, clan)).isEqualTo(204);
        assertThat(decline(guest, clan)).isEqualTo(204);
        assertThat(remove(owner, clan, other)).isEqualTo(204);

        assertThat(accept(guest, clan)).isEqualTo(404);
        assertThat(accept(other, clan)).isEqualTo(404);
        TestUser.nobody().get("/v1/clans/invitations").then().statusCode(401);
    }

    @Test
    void a_removed_member_joins_again_only_when_invited() {
        TestUser owner = elite();
        TestUser removed = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, removed);
        assertThat(remove(owner, clan, removed)).isEqualTo(204);

        joining(removed, clan)
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/invitation-required"));
        setRole(owner, clan, removed, "member");
        assertThat(accept(removed, clan)).isEqualTo(204);

        assertThat(remove(removed, clan, removed)).isEqualTo(204);
        joining(removed, clan).then().statusCode(201);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void a_profile_blocked_by_the_owner_neither_joins_nor_is_invited() {
        TestUser owner = elite();
        TestUser blocked = TestProfiles.known();
        UUID clan = clanOf(owner);
        block(owner, blocked);

        joining(blocked, clan).then().statusCode(403).body("type", equalTo("https://tradosphere.io/problems/blocked"));
        assertThat(setRole(owner, clan, blocked, "member")).isEqualTo(403);
        assertThat(accept(blocked, clan)).isEqualTo(404);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void a_blocked_owner_neither_invites_the_blocker_nor_offers_them_the_clan() {
        TestUser owner = elite();
        TestUser blocker = TestProfiles.known();
        TestUser blockingMember = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, blockingMember);
        block(blocker, owner);
        block(blockingMember, owner);

        assertThat(setRole(owner, clan, blocker, "member")).isEqualTo(403);
        assertThat(setRole(owner, clan, blockingMember, "owner")).isEqualTo(403);
        assertThat(invitationsOf(blocker)).isEmpty();
    }

    @Test
    void a_block_between_invitation_and_acceptance_ends_the_invitation() {
        TestUser owner = elite();
        TestUser guest = TestProfiles.known();
        UUID clan = clanOf(owner);
        setRole(owner, clan, guest, "member");

        block(guest, owner);
        guest.asking().delete("/v1/follows/blocks/{id}", owner.id()).then().statusCode(204);

        assertThat(invitationsOf(guest)).isEmpty();
        assertThat(accept(guest, clan)).isEqualTo(404);
    }

    @Test
    void an_offer_of_ownership_is_withdrawn_by_another_role_and_ends_with_a_new_owner() {
        TestUser owner = elite();
        TestUser member = TestProfiles.known();
        TestUser newOwner = TestProfiles.known();
        TestUser guest = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, member);
        join(clan, newOwner);
        setRole(owner, clan, guest, "member");

        setRole(owner, clan, member, "owner");
        assertThat(accept(member, clan)).isEqualTo(404);
        setRole(owner, clan, member, "member");
        assertThat(acceptOwnership(member, clan)).isEqualTo(404);
        setRole(owner, clan, newOwner, "owner");
        assertThat(acceptOwnership(guest, clan)).isEqualTo(404);
        assertThat(acceptOwnership(newOwner, clan)).isEqualTo(204);

        assertThat(acceptOwnership(newOwner, clan)).isEqualTo(404);
        assertThat(accept(guest, clan)).isEqualTo(404);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void an_expired_invitation_is_not_accepted() {
        TestUser owner = elite();
        TestUser guest = TestProfiles.known();
        UUID clan = clanOf(owner);
        setRole(owner, clan, guest, "member");
        Sql.asSuperuser().execute("UPDATE clan_invitations SET expires_at = now() WHERE clan_id = ?", clan);

        assertThat(invitationsOf(guest)).isEmpty();
        assertThat(accept(guest, clan)).isEqualTo(404);
    }

    @Test
    void the_erasure_of_an_invitee_ends_invitation_and_removal() {
        TestUser owner = elite();
        TestUser guest = TestProfiles.known();
        TestUser removed = TestProfiles.known();
        UUID clan = clanOf(owner);
        setRole(owner, clan, guest, "member");
        join(clan, removed);
        remove(owner, clan, removed);

        TestProfiles.erase(guest, 1);
        TestProfiles.erase(removed, 1);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT (SELECT count(*) FROM clan_invitations WHERE clan_id = ?) + (SELECT count(*) FROM clan_removals WHERE clan_id = ?)",
                                        clan,
                                        clan)
                        == 0);
    }

    @Test
    void a_clan_of_an_erased_owner_has_no_invitations() {
        TestUser owner = elite();
        TestUser guest = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, TestProfiles.known());
        setRole(owner, clan, guest, "member");

        TestProfiles.erase(owner, 1);

        await().atMost(Duration.ofSeconds(30)).until(() -> invitationsOf(guest).isEmpty());
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void an_invitation_is_an_event_and_the_same_one_again_is_none() {
        TestUser owner = elite();
        TestUser guest = TestProfiles.known();
        UUID clan = clanOf(owner);
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        owner.asking()
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .body(Map.of("role", "admin"))
                .put("/v1/clans/{id}/members/{profile}", clan, guest.id())
                .then()
                .statusCode(204);
        setRole(owner, clan, guest, "admin");

        PublishedEvents told = invitationEvents(clan, guest, "social.clan-invited");
        ClanInvited invited = told.event(0, ClanInvited.class);
        assertThat(invited.inviterId()).isEqualTo(owner.id());
        assertThat(invited.role()).isEqualTo(ClanRole.ADMIN);
        assertThat(told.header(0, "traceparent")).contains(trace);
        assertThat(guest.asking().get("/v1/clans/invitations").jsonPath().getList("items.role"))
                .containsExactly("admin");
    }

    @Test
    void another_role_ends_the_invitation_and_begins_another() {
        TestUser owner = elite();
        TestUser guest = TestProfiles.known();
        UUID clan = clanOf(owner);
        setRole(owner, clan, guest, "admin");

        setRole(owner, clan, guest, "member");

        PublishedEvents told = invitationEvents(
                clan, guest, "social.clan-invited", "social.clan-invitation-ended", "social.clan-invited");
        UUID first = told.event(0, ClanInvited.class).invitationId();
        assertThat(told.event(1, ClanInvitationEnded.class).invitationId()).isEqualTo(first);
        assertThat(told.event(2, ClanInvited.class).invitationId()).isNotEqualTo(first);
    }

    @Test
    void every_end_of_an_invitation_is_an_event() {
        TestUser owner = elite();
        UUID clan = clanOf(owner);
        TestUser accepting = invited(owner, clan);
        TestUser declining = invited(owner, clan);
        TestUser withdrawn = invited(owner, clan);
        TestUser blocking = invited(owner, clan);
        TestUser expired = invited(owner, clan);
        TestUser erased = invited(owner, clan);
        TestUser joining = invited(owner, clan);
        TestUser outlasting = invited(owner, clan);

        accept(accepting, clan);
        decline(declining, clan);
        remove(owner, clan, withdrawn);
        block(blocking, owner);
        join(clan, joining);
        Sql.asSuperuser().execute("UPDATE clan_invitations SET expires_at = now() WHERE user_id = ?", expired.id());
        expiry.run().await().atMost(Duration.ofSeconds(30));
        TestProfiles.erase(erased, 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> open(clan) == 1);
        owner.asking().delete("/v1/clans/{id}", clan).then().statusCode(204);

        for (TestUser guest :
                List.of(accepting, declining, withdrawn, blocking, expired, erased, joining, outlasting)) {
            invitationEvents(clan, guest, "social.clan-invited", "social.clan-invitation-ended");
        }
    }

    @Test
    void a_new_owner_ends_every_invitation_and_the_offer_with_an_event() {
        TestUser owner = elite();
        TestUser successor = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, successor);
        TestUser guest = invited(owner, clan);
        setRole(owner, clan, successor, "owner");

        assertThat(acceptOwnership(successor, clan)).isEqualTo(204);

        invitationEvents(clan, guest, "social.clan-invited", "social.clan-invitation-ended");
        invitationEvents(clan, successor, "social.clan-invited", "social.clan-invitation-ended");
    }

    private static TestUser invited(TestUser owner, UUID clan) {
        TestUser guest = TestProfiles.known();
        assertThat(setRole(owner, clan, guest, "member")).isEqualTo(204);
        return guest;
    }

    private static long open(UUID clan) {
        return Sql.asSuperuser().number("SELECT count(*) FROM clan_invitations WHERE clan_id = ?", clan);
    }

    private static PublishedEvents invitationEvents(UUID clan, TestUser guest, String... types) {
        return PublishedEvents.exactly(Topic.CLAN_INVITATIONS, key(clan, guest), types);
    }

    private static Response joining(TestUser person, UUID clan) {
        return person.asking().post("/v1/clans/{id}/members", clan);
    }
}
