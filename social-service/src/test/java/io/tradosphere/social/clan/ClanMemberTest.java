package io.tradosphere.social.clan;

import static io.tradosphere.social.clan.ClanSteps.acceptOwnership;
import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.elite;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.social.clan.ClanSteps.key;
import static io.tradosphere.social.clan.ClanSteps.remove;
import static io.tradosphere.social.clan.ClanSteps.setRole;
import static io.tradosphere.test.PublishedEvents.TOMBSTONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ClanMemberTest {

    @Test
    void any_profile_can_join_and_is_counted() {
        TestUser owner = elite();
        TestUser member = TestProfiles.known();
        UUID clan = clanOf(owner);

        member.asking()
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(201)
                .header("Location", equalTo("/v1/clans/" + clan + "/members"))
                .body("profileId", equalTo(member.id().toString()))
                .body("username", notNullValue())
                .body("role", equalTo("member"));

        TestUser.nobody().get("/v1/clans/{id}", clan).then().body("memberCount", equalTo(2));
        PublishedEvents.exactly(Topic.CLAN_MEMBERS, key(clan, member), "social.clan-member-joined");
        PublishedEvents published =
                PublishedEvents.exactly(Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-changed");
        assertThat(published.event(1, ClanChanged.class).memberCount()).isEqualTo(2);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void joining_twice_or_an_unknown_clan_or_without_a_profile_is_rejected() {
        TestUser owner = elite();
        UUID clan = clanOf(owner);

        owner.asking()
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/already-member"));
        owner.asking().post("/v1/clans/{id}/members", UUID.randomUUID()).then().statusCode(404);
        owner.asking().post("/v1/clans/nothing/members").then().statusCode(404);
        TestUser.stranger()
                .asking()
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/profile-required"));
        TestUser.nobody().post("/v1/clans/{id}/members", clan).then().statusCode(401);
        join(clan, TestProfiles.unknownToReplica(Tier.FREE));
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void a_join_with_the_same_key_gets_the_first_response() {
        TestUser member = TestProfiles.known();
        UUID clan = clanOf(elite());

        for (int i = 0; i < 2; i++) {
            member.asking()
                    .header("Idempotency-Key", "join")
                    .post("/v1/clans/{id}/members", clan)
                    .then()
                    .statusCode(201)
                    .body("profileId", equalTo(member.id().toString()));
        }
    }

    @Test
    void leaving_is_idempotent() {
        TestUser member = TestProfiles.known();
        UUID clan = clanOf(elite());
        join(clan, member);

        assertThat(remove(member, clan, member)).isEqualTo(204);
        assertThat(remove(member, clan, member)).isEqualTo(204);

        PublishedEvents.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, member),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        PublishedEvents published = PublishedEvents.exactly(
                Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-changed", "social.clan-changed");
        assertThat(published.event(2, ClanChanged.class).memberCount()).isEqualTo(1);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void the_owner_removes_anyone_an_admin_plain_members_and_others_no_one() {
        TestUser owner = elite();
        UUID clan = clanOf(owner);
        List<TestUser> people = TestProfiles.known(4);
        people.forEach(person -> join(clan, person));
        TestUser admin = people.get(0);
        TestUser otherAdmin = people.get(1);
        TestUser member = people.get(2);
        TestUser otherMember = people.get(3);
        assertThat(setRole(owner, clan, admin, "admin")).isEqualTo(204);
        assertThat(setRole(owner, clan, otherAdmin, "admin")).isEqualTo(204);

        assertThat(remove(member, clan, otherMember)).isEqualTo(403);
        assertThat(remove(TestProfiles.known(), clan, otherMember)).isEqualTo(403);
        assertThat(remove(admin, clan, otherAdmin)).isEqualTo(403);
        assertThat(remove(admin, clan, owner)).isEqualTo(403);
        assertThat(remove(admin, clan, member)).isEqualTo(204);
        assertThat(remove(owner, clan, otherAdmin)).isEqualTo(204);
        assertThat(remove(owner, clan, otherMember)).isEqualTo(204);
        assertThat(remove(owner, UUID.randomUUID(), otherMember)).isEqualTo(404);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void the_owner_hands_over_before_leaving() {
        TestUser owner = elite();
        TestUser newOwner = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, newOwner);

        owner.asking()
                .delete("/v1/clans/{id}/members/{profile}", clan, owner.id())
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/owner-must-hand-over"));
        assertThat(setRole(owner, clan, owner, "member")).isEqualTo(409);
        assertThat(setRole(owner, clan, newOwner, "owner")).isEqualTo(204);
        assertThat(remove(owner, clan, owner)).isEqualTo(409);
        assertThat(acceptOwnership(newOwner, clan)).isEqualTo(204);
        assertThat(setRole(owner, clan, newOwner, "member")).isEqualTo(403);
        assertThat(isSound(clan)).isTrue();
        assertThat(remove(owner, clan, owner)).isEqualTo(204);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, owner),
                "social.clan-member-joined",
                "social.clan-member-role-changed",
                "social.clan-member-left",
                TOMBSTONE);
        assertThat(published.event(1, ClanMemberRoleChanged.class).role()).isEqualTo(ClanRole.ADMIN);
        PublishedEvents roleChanged = PublishedEvents.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, newOwner),
                "social.clan-member-joined",
                "social.clan-member-role-changed");
        assertThat(roleChanged.event(1, ClanMemberRoleChanged.class).role()).isEqualTo(ClanRole.OWNER);
        assertThat(roleChanged.event(1, ClanMemberRoleChanged.class).previousRole())
                .isEqualTo(ClanRole.MEMBER);
        PublishedEvents clanEvents = PublishedEvents.exactly(
                Topic.CLANS,
                clan.toString(),
                "social.clan-created",
                "social.clan-changed",
                "social.clan-changed",
                "social.clan-changed");
        assertThat(clanEvents.event(2, ClanChanged.class).ownerId()).isEqualTo(newOwner.id());
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void only_the_owner_sets_roles_and_only_of_members() {
        TestUser owner = elite();
        TestUser admin = TestProfiles.known();
        TestUser member = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, admin);
        join(clan, member);

        assertThat(setRole(owner, clan, admin, "admin")).isEqualTo(204);
        assertThat(setRole(owner, clan, admin, "admin")).isEqualTo(204);
        assertThat(setRole(admin, clan, member, "admin")).isEqualTo(403);
        assertThat(setRole(owner, clan, TestProfiles.known(), "owner")).isEqualTo(404);
        assertThat(setRole(owner, clan, TestUser.stranger(), "admin")).isEqualTo(404);
        assertThat(setRole(owner, UUID.randomUUID(), member, "admin")).isEqualTo(404);
        assertThat(setRole(owner, clan, member, "emperor")).isEqualTo(400);
        owner.asking()
                .body(Map.of())
                .put("/v1/clans/{id}/members/{profile}", clan, member.id())
                .then()
                .statusCode(400);

        PublishedEvents.exactly(
                Topic.CLAN_MEMBERS, key(clan, admin), "social.clan-member-joined", "social.clan-member-role-changed");
        PublishedEvents.exactly(Topic.CLAN_MEMBERS, key(clan, member), "social.clan-member-joined");
    }

    @Test
    void members_are_listed_in_the_order_in_which_they_joined() {
        TestUser owner = elite();
        List<TestUser> people = TestProfiles.known(2);
        UUID clan = clanOf(owner);
        people.forEach(person -> join(clan, person));

        JsonPath first = TestUser.nobody()
                .get("/v1/clans/{id}/members?limit=2", clan)
                .then()
                .statusCode(200)
                .body("items[0].role", equalTo("owner"))
                .body("items[0].username", notNullValue())
                .extract()
                .jsonPath();
        JsonPath second = TestUser.nobody()
                .get("/v1/clans/{id}/members?limit=2&cursor=" + first.getString("nextCursor"), clan)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(first.<String>getList("items.profileId")).isEqualTo(TestProfiles.ids(owner, people.get(0)));
        assertThat(second.<String>getList("items.profileId")).isEqualTo(TestProfiles.ids(people.get(1)));
        assertThat(second.getString("nextCursor")).isNull();
    }
}
