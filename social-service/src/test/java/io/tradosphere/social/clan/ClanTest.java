package io.tradosphere.social.clan;

import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.elite;
import static io.tradosphere.social.clan.ClanSteps.freshName;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.social.clan.ClanSteps.key;
import static io.tradosphere.test.Told.TOMBSTONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.contracts.social.ClanCreated;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.social.Someone;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Told;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ClanTest {

    @Test
    void an_elite_founds_a_clan_and_is_its_owner_and_first_member() {
        Person owner = elite();
        String name = freshName();

        Response made = owner.asking()
                .body(Map.of("name", name, "badgeUrl", "https://img.example.com/b.png"))
                .post("/v1/clans");

        made.then()
                .statusCode(201)
                .header("ETag", notNullValue())
                .body("name", equalTo(name))
                .body("ownerId", equalTo(owner.id().toString()))
                .body("memberCount", equalTo(1));
        UUID clan = UUID.fromString(made.path("id"));
        assertThat(made.header("Location")).isEqualTo("/v1/clans/" + clan);
        Person.nobody()
                .get(made.header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo(made.header("ETag")))
                .body("badgeUrl", equalTo("https://img.example.com/b.png"));
        Told told = Told.exactly(Topic.CLANS, clan.toString(), "social.clan-created");
        assertThat(told.event(0, ClanCreated.class).memberCount()).isEqualTo(1);
        assertThat("\"" + told.header(0, Envelope.SEQUENCE) + "\"").isEqualTo(made.header("ETag"));
        Told joined = Told.exactly(Topic.CLAN_MEMBERS, key(clan, owner), "social.clan-member-joined");
        assertThat(joined.event(0, ClanMemberJoined.class).role()).isEqualTo(ClanRole.OWNER);
        assertThat(joined.event(0, ClanMemberJoined.class).incarnation()).isEqualTo(1);
    }

    @Test
    void below_elite_and_without_a_profile_nobody_founds_a_clan() {
        Map<String, String> clan = Map.of("name", freshName());

        Someone.known(Tier.GROW)
                .asking()
                .body(clan)
                .post("/v1/clans")
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/tier-too-low"));
        Person.stranger()
                .asking()
                .body(clan)
                .post("/v1/clans")
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/profile-required"));
        Person.nobody().body(clan).post("/v1/clans").then().statusCode(401);
    }

    @Test
    void a_tier_of_which_the_copy_has_not_heard_counts() {
        Person risen = Someone.known(Tier.FREE);
        ProfileServiceDouble.knows(Someone.state(risen.id(), Tier.GLADIATOR, 1), Someone.nextSequence());

        clanOf(risen);
        clanOf(Someone.unheardOf(Tier.LEGEND));
    }

    @Test
    void names_are_unique_whatever_their_case_in_any_script() {
        Person owner = elite();
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        owner.asking()
                .body(Map.of("name", "ÜBER " + suffix))
                .post("/v1/clans")
                .then()
                .statusCode(201);

        elite().asking()
                .body(Map.of("name", "über " + suffix.toUpperCase(Locale.ROOT)))
                .post("/v1/clans")
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/clan-name-taken"));
    }

    @Test
    void of_two_who_take_a_name_at_once_one_gets_it() {
        String name = freshName();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (Person owner : List.of(elite(), elite(), elite())) {
            calls.add(() ->
                    owner.asking().body(Map.of("name", name)).post("/v1/clans").statusCode());
        }

        assertThat(AtOnce.run(calls)).containsExactlyInAnyOrder(201, 409, 409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":null}",
                "{\"name\":\"ab\"}",
                "{\"name\":\"😀b\"}",
                "{\"name\":\" padded \"}",
                "{\"name\":\"new\\nline\"}",
                "{\"name\":\"nul\\u0000l\"}",
                "{\"name\":5}",
                "{\"name\":\"Fine Name\",\"badgeUrl\":\"javascript:alert(1)\"}",
                "{\"name\":\"Fine Name\",\"memberCount\":9}",
                "[]",
                "nonsense",
                ""
            })
    void a_clan_that_is_not_valid_is_refused(String body) {
        elite().asking().body(body).post("/v1/clans").then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void the_same_request_with_the_same_key_founds_one_clan_also_at_once() {
        Person owner = elite();
        Map<String, String> body = Map.of("name", freshName());
        Callable<Response> call =
                () -> owner.asking().header("Idempotency-Key", "one").body(body).post("/v1/clans");

        List<Response> answers = AtOnce.run(Collections.nCopies(4, call));

        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> answer.path("id").toString())
                .containsOnly(answers.get(0).path("id").toString());
        owner.asking()
                .header("Idempotency-Key", "one")
                .body(Map.of("name", freshName()))
                .post("/v1/clans")
                .then()
                .statusCode(422);
    }

    @Test
    void the_owner_edits_with_a_merge_patch_and_an_etag() {
        Person owner = elite();
        UUID clan = clanOf(owner);
        String etag = Person.nobody().get("/v1/clans/{id}", clan).header("ETag");
        String name = freshName();

        owner.asking()
                .header("If-Match", etag)
                .contentType("application/merge-patch+json")
                .body("{\"name\":\"" + name + "\",\"badgeUrl\":\"https://img.example.com/new.png\"}")
                .patch("/v1/clans/{id}", clan)
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(etag)))
                .body("name", equalTo(name));
        owner.asking()
                .header("If-Match", etag)
                .body("{\"badgeUrl\":null}")
                .patch("/v1/clans/{id}", clan)
                .then()
                .statusCode(412);
        owner.asking()
                .body("{\"badgeUrl\":null}")
                .patch("/v1/clans/{id}", clan)
                .then()
                .statusCode(200)
                .body("name", equalTo(name))
                .body("badgeUrl", nullValue());

        Told told = Told.exactly(
                Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-changed", "social.clan-changed");
        assertThat(told.event(1, ClanChanged.class).name()).isEqualTo(name);
        assertThat(told.event(2, ClanChanged.class).badgeUrl()).isNull();
    }

    @Test
    void a_patch_that_changes_nothing_tells_nothing() {
        Person owner = elite();
        UUID clan = clanOf(owner);

        owner.asking().body("{}").patch("/v1/clans/{id}", clan).then().statusCode(200);

        Told.exactly(Topic.CLANS, clan.toString(), "social.clan-created");
    }

    @Test
    void only_the_owner_edits_and_only_to_what_is_valid_and_free() {
        Person owner = elite();
        UUID clan = clanOf(owner);
        String taken = freshName();
        owner.asking().body(Map.of("name", taken)).post("/v1/clans").then().statusCode(201);

        elite().asking()
                .body(Map.of("name", freshName()))
                .patch("/v1/clans/{id}", clan)
                .then()
                .statusCode(403);
        owner.asking()
                .body(Map.of("name", taken.toUpperCase(Locale.ROOT)))
                .patch("/v1/clans/{id}", clan)
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/clan-name-taken"));
        owner.asking()
                .body("{\"name\":null}")
                .patch("/v1/clans/{id}", clan)
                .then()
                .statusCode(400);
        owner.asking()
                .body("{\"memberCount\":7}")
                .patch("/v1/clans/{id}", clan)
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("memberCount"));
        owner.asking().body("[]").patch("/v1/clans/{id}", clan).then().statusCode(400);
        owner.asking().patch("/v1/clans/{id}", clan).then().statusCode(400);
        owner.asking()
                .body("{}")
                .patch("/v1/clans/{id}", UUID.randomUUID())
                .then()
                .statusCode(404);
        Person.nobody().body("{}").patch("/v1/clans/{id}", clan).then().statusCode(401);
    }

    @Test
    void a_dissolved_clan_tells_of_every_member_and_of_itself() {
        Person owner = elite();
        Person member = Someone.known();
        UUID clan = clanOf(owner);
        join(clan, member);

        member.asking().delete("/v1/clans/{id}", clan).then().statusCode(403);
        owner.asking().delete("/v1/clans/{id}", clan).then().statusCode(204);
        owner.asking().delete("/v1/clans/{id}", clan).then().statusCode(404);

        Told.exactly(
                Topic.CLANS,
                clan.toString(),
                "social.clan-created",
                "social.clan-changed",
                "social.clan-deleted",
                TOMBSTONE);
        Told.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, owner),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        Told.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, member),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        Person.nobody().get("/v1/clans/{id}", clan).then().statusCode(404);
        Person.nobody().get("/v1/clans/{id}/members", clan).then().statusCode(404);
        Person.nobody().get("/v1/clans/no-such").then().statusCode(404);
    }

    @Test
    void clans_are_found_by_the_beginning_of_their_name_and_listed_newest_first_without() {
        Person owner = elite();
        String stem = "Stem%_" + UUID.randomUUID().toString().substring(0, 8);
        List<String> names = List.of(stem + " c", stem.toUpperCase(Locale.ROOT) + " a", stem + " b");
        names.forEach(name -> owner.asking()
                .body(Map.of("name", name))
                .post("/v1/clans")
                .then()
                .statusCode(201));

        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = Person.nobody()
                    .queryParam("q", stem.toLowerCase(Locale.ROOT))
                    .queryParam("limit", 2)
                    .queryParam("cursor", cursor)
                    .get("/v1/clans")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.name"));
            cursor = page.getString("nextCursor");
        }
        assertThat(found).containsExactly(names.get(1), names.get(2), names.get(0));
        assertThat(Person.nobody().get("/v1/clans?limit=3").jsonPath().<String>getList("items.name"))
                .containsExactly(names.get(2), names.get(1), names.get(0));
        Person.nobody()
                .queryParam("q", "x".repeat(51))
                .get("/v1/clans")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("q"));
        Person.nobody().urlEncodingEnabled(false).get("/v1/clans?q=%00").then().statusCode(400);
    }
}
