package io.tradosphere.social.clan;

import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.elite;
import static io.tradosphere.social.clan.ClanSteps.freshName;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.social.clan.ClanSteps.key;
import static io.tradosphere.test.PublishedEvents.TOMBSTONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.contracts.social.ClanCreated;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ClanTest {

    @ParameterizedTest
    @CsvSource({"%s\u0430,%sa", "%s l,%s I", "%s m,%s rn", "%s  x,%s x", "%se\u0301,%s\u00E9"})
    void a_name_that_looks_like_another_clans_is_taken(String first, String second) {
        String start = "Look " + UUID.randomUUID().toString().substring(0, 8) + " ";
        create(first.formatted(start)).then().statusCode(201);

        create(second.formatted(start))
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/clan-name-taken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab\u200Bcd", "\u202Eabcd", "\u00A0abcd", "\u3164\u3164\u3164", "\u00A0\u00A0\u00A0"})
    void a_name_with_characters_that_show_nothing_is_refused(String name) {
        create(name).then().statusCode(400).body("violations[0].field", equalTo("name"));
    }

    private static Response create(String name) {
        return ClanSteps.elite().asking().body(Map.of("name", name)).post("/v1/clans");
    }

    @Test
    void an_elite_creates_a_clan_and_is_its_owner_and_first_member() {
        TestUser owner = elite();
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
        TestUser.nobody()
                .get(made.header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo(made.header("ETag")))
                .body("badgeUrl", equalTo("https://img.example.com/b.png"));
        PublishedEvents published = PublishedEvents.exactly(Topic.CLANS, clan.toString(), "social.clan-created");
        assertThat(published.event(0, ClanCreated.class).memberCount()).isEqualTo(1);
        PublishedEvents joined =
                PublishedEvents.exactly(Topic.CLAN_MEMBERS, key(clan, owner), "social.clan-member-joined");
        assertThat(joined.event(0, ClanMemberJoined.class).role()).isEqualTo(ClanRole.OWNER);
        assertThat(joined.event(0, ClanMemberJoined.class).incarnation()).isEqualTo(1);
    }

    @Test
    void a_clan_cannot_be_created_below_elite_or_without_a_profile() {
        Map<String, String> clan = Map.of("name", freshName());

        TestProfiles.known(Tier.GROW)
                .asking()
                .body(clan)
                .post("/v1/clans")
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/tier-too-low"));
        TestUser.stranger()
                .asking()
                .body(clan)
                .post("/v1/clans")
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/profile-required"));
        TestUser.nobody().body(clan).post("/v1/clans").then().statusCode(401);
    }

    @Test
    void a_tier_missing_in_the_replica_counts() {
        TestUser risen = TestProfiles.known(Tier.FREE);
        ProfileServiceDouble.knows(TestProfiles.state(risen.id(), Tier.GLADIATOR, 1), TestProfiles.nextSequence());

        clanOf(risen);
        clanOf(TestProfiles.unknownToReplica(Tier.LEGEND));
    }

    @Test
    void names_are_unique_in_any_case_and_script() {
        TestUser owner = elite();
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
    void of_two_clans_concurrently_created_with_one_name_one_succeeds() {
        String name = freshName();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (TestUser owner : List.of(elite(), elite(), elite())) {
            calls.add(() ->
                    owner.asking().body(Map.of("name", name)).post("/v1/clans").statusCode());
        }

        assertThat(Concurrently.run(calls)).containsExactlyInAnyOrder(201, 409, 409);
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
    void an_invalid_clan_is_rejected(String body) {
        elite().asking().body(body).post("/v1/clans").then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void the_same_request_with_the_same_key_creates_one_clan_even_concurrently() {
        TestUser owner = elite();
        Map<String, String> body = Map.of("name", freshName());
        Callable<Response> call =
                () -> owner.asking().header("Idempotency-Key", "one").body(body).post("/v1/clans");

        List<Response> answers = Concurrently.run(Collections.nCopies(4, call));

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
    void a_path_with_a_slash_at_its_end_is_the_same_path_for_a_key() {
        TestUser owner = elite();
        Map<String, String> body = Map.of("name", freshName());

        Response first =
                owner.asking().header("Idempotency-Key", "k").body(body).post("/v1/clans");
        Response second =
                owner.asking().header("Idempotency-Key", "k").body(body).post("/v1/clans/");

        second.then().statusCode(201).header("Idempotency-Replayed", "true").body("id", equalTo(first.path("id")));
    }

    @Test
    void a_lock_timeout_of_the_work_is_busy_and_not_in_progress() throws SQLException {
        TestUser member = elite();
        UUID clan = clanOf(elite());
        String lock = "SELECT FROM clans WHERE id = $clan FOR UPDATE";

        try (OpenTransaction locked = OpenTransaction.of(lock, Map.of("clan", clan))) {
            Response refused = member.asking().header("Idempotency-Key", "k").post("/v1/clans/{id}/members", clan);

            refused.then().statusCode(503).header("Retry-After", notNullValue()).body("type", endsWith("/busy"));
            locked.commit();
        }
        member.asking()
                .header("Idempotency-Key", "k")
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(201);
    }

    @Test
    void a_cursor_is_of_one_list_and_its_filters() {
        TestUser owner = elite();
        clanOf(owner);
        clanOf(owner);
        String cursor = TestUser.nobody()
                .get("/v1/clans?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("nextCursor");

        TestUser.nobody()
                .get("/v1/clans?limit=5&cursor={cursor}", cursor)
                .then()
                .statusCode(200);
        for (String other : List.of(
                "/v1/clans?q=clan&cursor=" + cursor,
                "/v1/follows/" + owner.id() + "/followers?cursor=" + cursor,
                "/v1/clans?cursor=" + cursor.substring(1),
                "/v1/clans?cursor=" + cursor.substring(0, cursor.indexOf('.')))) {
            TestUser.nobody().get(other).then().statusCode(400).body("type", endsWith("/invalid-cursor"));
        }
    }

    @Test
    void a_join_changes_what_is_shown_and_makes_no_edit_stale() {
        TestUser owner = elite();
        UUID clan = clanOf(owner);
        String etag = TestUser.nobody().get("/v1/clans/{id}", clan).header("ETag");

        TestUser.nobody()
                .header("If-None-Match", etag)
                .get("/v1/clans/{id}", clan)
                .then()
                .statusCode(304)
                .header("ETag", equalTo(etag));
        elite().asking().post("/v1/clans/{id}/members", clan).then().statusCode(201);

        TestUser.nobody()
                .header("If-None-Match", etag)
                .get("/v1/clans/{id}", clan)
                .then()
                .statusCode(200)
                .body("memberCount", equalTo(2));
        owner.asking()
                .header("If-Match", "\"0\", " + etag)
                .body("{\"badgeUrl\":null}")
                .patch("/v1/clans/{id}", clan)
                .then()
                .statusCode(200);
        owner.asking()
                .header("If-Match", "\"0\"")
                .delete("/v1/clans/{id}", clan)
                .then()
                .statusCode(412);
    }

    @Test
    void the_owner_edits_with_a_merge_patch_and_an_etag() {
        TestUser owner = elite();
        UUID clan = clanOf(owner);
        String etag = TestUser.nobody().get("/v1/clans/{id}", clan).header("ETag");
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

        PublishedEvents published = PublishedEvents.exactly(
                Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-changed", "social.clan-changed");
        assertThat(published.event(1, ClanChanged.class).name()).isEqualTo(name);
        assertThat(published.event(2, ClanChanged.class).badgeUrl()).isNull();
    }

    @Test
    void a_patch_that_changes_nothing_publishes_nothing() {
        TestUser owner = elite();
        UUID clan = clanOf(owner);

        owner.asking().body("{}").patch("/v1/clans/{id}", clan).then().statusCode(200);

        PublishedEvents.exactly(Topic.CLANS, clan.toString(), "social.clan-created");
    }

    @Test
    void only_the_owner_edits_and_only_to_valid_unused_names() {
        TestUser owner = elite();
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
        TestUser.nobody().body("{}").patch("/v1/clans/{id}", clan).then().statusCode(401);
    }

    @Test
    void a_deleted_clan_publishes_the_end_of_each_membership_and_of_itself() {
        TestUser owner = elite();
        TestUser member = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, member);

        member.asking().delete("/v1/clans/{id}", clan).then().statusCode(403);
        owner.asking().delete("/v1/clans/{id}", clan).then().statusCode(204);
        owner.asking().delete("/v1/clans/{id}", clan).then().statusCode(404);

        PublishedEvents.exactly(
                Topic.CLANS,
                clan.toString(),
                "social.clan-created",
                "social.clan-changed",
                "social.clan-deleted",
                TOMBSTONE);
        PublishedEvents.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, owner),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        PublishedEvents.exactly(
                Topic.CLAN_MEMBERS,
                key(clan, member),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        TestUser.nobody().get("/v1/clans/{id}", clan).then().statusCode(404);
        TestUser.nobody().get("/v1/clans/{id}/members", clan).then().statusCode(404);
        TestUser.nobody().get("/v1/clans/no-such").then().statusCode(404);
    }

    @Test
    void clans_are_found_by_name_prefix_and_otherwise_listed_newest_first() {
        TestUser owner = elite();
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
            JsonPath page = TestUser.nobody()
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
        assertThat(TestUser.nobody().get("/v1/clans?limit=3").jsonPath().<String>getList("items.name"))
                .containsExactly(names.get(2), names.get(1), names.get(0));
        TestUser.nobody()
                .queryParam("q", "x".repeat(51))
                .get("/v1/clans")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("q"));
        TestUser.nobody()
                .urlEncodingEnabled(false)
                .get("/v1/clans?q=%00")
                .then()
                .statusCode(400);
    }
}
