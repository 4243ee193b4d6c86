package io.tradosphere.social.clan;

import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.elite;
import static io.tradosphere.social.clan.ClanSteps.giveRole;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.social.clan.ClanSteps.key;
import static io.tradosphere.social.clan.ClanSteps.remove;
import static io.tradosphere.test.Told.TOMBSTONE;
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
import io.tradosphere.social.Someone;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Told;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ClanMemberTest {

    @Test
    void anybody_joins_and_the_clan_counts_it() {
        Person owner = elite();
        Person member = Someone.known();
        UUID clan = clanOf(owner);

        member.asking()
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(201)
                .header("Location", equalTo("/v1/clans/" + clan + "/members"))
                .body("profileId", equalTo(member.id().toString()))
                .body("username", notNullValue())
                .body("role", equalTo("member"));

        Person.nobody().get("/v1/clans/{id}", clan).then().body("memberCount", equalTo(2));
        Told.exactly(Topic.CLAN_MEMBERS, key(clan, member), "social.clan-member-joined");
        Told told = Told.exactly(Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-changed");
        assertThat(told.event(1, ClanChanged.class).memberCount()).isEqualTo(2);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void joining_twice_into_nothing_or_without_a_profile_is_refused() {
        Person owner = elite();
        UUID clan = clanOf(owner);

        owner.asking()
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/already-member"));
        owner.asking().post("/v1/clans/{id}/members", UUID.randomUUID()).then().statusCode(404);
        owner.asking().post("/v1/clans/nothing/members").then().statusCode(404);
        Person.stranger()
                .asking()
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/profile-required"));
        Person.nobody().post("/v1/clans/{id}/members", clan).then().statusCode(401);
        join(clan, Someone.unheardOf(Tier.FREE));
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void a_join_with_the_same_key_is_answered_as_the_first_time() {
        Person member = Someone.known();
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
    void a_member_leaves_and_may_leave_again() {
        Person member = Someone.known();
        UUID clan = clanOf(elite());
        join(clan, member);

        assertThat(remove(member, clan, member)).isEqualTo(204);
        assertThat(remove(member, clan, member)).isEqualTo(204);

        Told.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, member),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        Told told = Told.exactly(
                Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-changed", "social.clan-changed");
        assertThat(told.event(2, ClanChanged.class).memberCount()).isEqualTo(1);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void the_owner_removes_anybody_an_admin_plain_members_and_nobody_else_anybody() {
        Person owner = elite();
        UUID clan = clanOf(owner);
        List<Person> people = Someone.known(4);
        people.forEach(person -> join(clan, person));
        Person admin = people.get(0);
        Person otherAdmin = people.get(1);
        Person member = people.get(2);
        Person otherMember = people.get(3);
        assertThat(giveRole(owner, clan, admin, "admin")).isEqualTo(204);
        assertThat(giveRole(owner, clan, otherAdmin, "admin")).isEqualTo(204);

        assertThat(remove(member, clan, otherMember)).isEqualTo(403);
        assertThat(remove(Someone.known(), clan, otherMember)).isEqualTo(403);
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
        Person owner = elite();
        Person heir = Someone.known();
        UUID clan = clanOf(owner);
        join(clan, heir);

        owner.asking()
                .delete("/v1/clans/{id}/members/{profile}", clan, owner.id())
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/owner-must-hand-over"));
        assertThat(giveRole(owner, clan, owner, "member")).isEqualTo(409);
        assertThat(giveRole(owner, clan, heir, "owner")).isEqualTo(204);
        assertThat(giveRole(owner, clan, heir, "member")).isEqualTo(403);
        assertThat(isSound(clan)).isTrue();
        assertThat(remove(owner, clan, owner)).isEqualTo(204);

        Told told = Told.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, owner),
                "social.clan-member-joined",
                "social.clan-member-role-changed",
                "social.clan-member-left",
                TOMBSTONE);
        assertThat(told.event(1, ClanMemberRoleChanged.class).role()).isEqualTo(ClanRole.ADMIN);
        Told crowned = Told.exactly(
                Topic.CLAN_MEMBERS, key(clan, heir), "social.clan-member-joined", "social.clan-member-role-changed");
        assertThat(crowned.event(1, ClanMemberRoleChanged.class).role()).isEqualTo(ClanRole.OWNER);
        assertThat(crowned.event(1, ClanMemberRoleChanged.class).previousRole()).isEqualTo(ClanRole.MEMBER);
        Told clanTold = Told.exactly(
                Topic.CLANS,
                clan.toString(),
                "social.clan-created",
                "social.clan-changed",
                "social.clan-changed",
                "social.clan-changed");
        assertThat(clanTold.event(2, ClanChanged.class).ownerId()).isEqualTo(heir.id());
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void only_the_owner_gives_roles_and_only_to_members() {
        Person owner = elite();
        Person admin = Someone.known();
        Person member = Someone.known();
        UUID clan = clanOf(owner);
        join(clan, admin);
        join(clan, member);

        assertThat(giveRole(owner, clan, admin, "admin")).isEqualTo(204);
        assertThat(giveRole(owner, clan, admin, "admin")).isEqualTo(204);
        assertThat(giveRole(admin, clan, member, "admin")).isEqualTo(403);
        assertThat(giveRole(owner, clan, Someone.known(), "admin")).isEqualTo(404);
        assertThat(giveRole(owner, UUID.randomUUID(), member, "admin")).isEqualTo(404);
        assertThat(giveRole(owner, clan, member, "emperor")).isEqualTo(400);
        owner.asking()
                .body(Map.of())
                .put("/v1/clans/{id}/members/{profile}", clan, member.id())
                .then()
                .statusCode(400);

        Told.exactly(
                Topic.CLAN_MEMBERS, key(clan, admin), "social.clan-member-joined", "social.clan-member-role-changed");
        Told.exactly(Topic.CLAN_MEMBERS, key(clan, member), "social.clan-member-joined");
    }

    @Test
    void members_are_listed_in_the_order_in_which_they_joined() {
        Person owner = elite();
        List<Person> people = Someone.known(2);
        UUID clan = clanOf(owner);
        people.forEach(person -> join(clan, person));

        JsonPath first = Person.nobody()
                .get("/v1/clans/{id}/members?limit=2", clan)
                .then()
                .statusCode(200)
                .body("items[0].role", equalTo("owner"))
                .body("items[0].username", notNullValue())
                .extract()
                .jsonPath();
        JsonPath second = Person.nobody()
                .get("/v1/clans/{id}/members?limit=2&cursor=" + first.getString("nextCursor"), clan)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(first.<String>getList("items.profileId")).isEqualTo(Someone.ids(owner, people.get(0)));
        assertThat(second.<String>getList("items.profileId")).isEqualTo(Someone.ids(people.get(1)));
        assertThat(second.getString("nextCursor")).isNull();
    }
}
