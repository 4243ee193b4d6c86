package io.tradosphere.signal.watchlist;

import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.watchlist.WatchlistSteps.add;
import static io.tradosphere.signal.watchlist.WatchlistSteps.delete;
import static io.tradosphere.signal.watchlist.WatchlistSteps.giveRole;
import static io.tradosphere.signal.watchlist.WatchlistSteps.listOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.look;
import static io.tradosphere.signal.watchlist.WatchlistSteps.member;
import static io.tradosphere.signal.watchlist.WatchlistSteps.removeAsset;
import static io.tradosphere.signal.watchlist.WatchlistSteps.rename;
import static io.tradosphere.signal.watchlist.WatchlistSteps.seen;
import static io.tradosphere.signal.watchlist.WatchlistSteps.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class WatchlistTest {

    @Test
    void the_creator_of_a_list_owns_it() {
        TestUser owner = somebody();

        Response made = owner.asking().body(Map.of("name", "Majors")).post("/v1/watchlists");

        made.then()
                .statusCode(201)
                .header("Location", equalTo("/v1/watchlists/" + made.path("id")))
                .header("ETag", notNullValue())
                .body("name", equalTo("Majors"))
                .body("role", equalTo("owner"))
                .body("assets", empty())
                .body("members", hasSize(1))
                .body("members[0].profileId", equalTo(owner.id().toString()))
                .body("members[0].username", notNullValue())
                .body("members[0].tier", equalTo("free"))
                .body("members[0].role", equalTo("owner"));
        look(owner, UUID.fromString(made.path("id")))
                .then()
                .statusCode(200)
                .header("ETag", equalTo(made.header("ETag")))
                .body(equalTo(made.asString()));
    }

    @Test
    void a_list_created_twice_with_the_same_key_is_one() {
        TestUser owner = somebody();

        List<String> made = IntStream.range(0, 2)
                .mapToObj(i -> owner.asking()
                        .header("Idempotency-Key", "once")
                        .body(Map.of("name", "Majors"))
                        .post("/v1/watchlists")
                        .then()
                        .statusCode(201)
                        .extract()
                        .asString())
                .toList();

        assertThat(made.get(0)).isEqualTo(made.get(1));
        owner.asking().get("/v1/watchlists").then().body("items", hasSize(1));
        owner.asking()
                .header("Idempotency-Key", "once")
                .body(Map.of("name", "Minors"))
                .post("/v1/watchlists")
                .then()
                .statusCode(422);
    }

    @Test
    void a_profile_unknown_to_the_replica_creates_lists_and_a_caller_without_a_profile_does_not() {
        TestUser unheardOf = TestUser.stranger();
        isKnownToProfileService(unheardOf, Tier.FREE);
        listOf(unheardOf);

        TestUser.stranger()
                .asking()
                .body(Map.of("name", "Majors"))
                .post("/v1/watchlists")
                .then()
                .statusCode(403)
                .body("type", equalTo(problem("profile-required")));
    }

    @Test
    void without_a_token_there_are_no_lists() {
        UUID list = listOf(somebody());

        TestUser.nobody().get("/v1/watchlists").then().statusCode(401);
        TestUser.nobody().get("/v1/watchlists/{id}", list).then().statusCode(401);
        TestUser.nobody()
                .body(Map.of("name", "Majors"))
                .post("/v1/watchlists")
                .then()
                .statusCode(401);
        TestUser.nobody().delete("/v1/watchlists/{id}", list).then().statusCode(401);
        TestUser.nobody().put("/v1/watchlists/{id}/assets/SPY", list).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " x", "x\n", "\0"})
    void a_blank_or_padded_name_is_refused(String name) {
        TestUser owner = somebody();
        UUID list = listOf(owner);

        owner.asking()
                .body(Map.of("name", name))
                .post("/v1/watchlists")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("name"));
        rename(owner, list, name).then().statusCode(400);
    }

    @Test
    void a_name_has_at_most_100_characters_as_people_count_them() {
        TestUser owner = somebody();

        owner.asking()
                .body(Map.of("name", "🚀".repeat(100)))
                .post("/v1/watchlists")
                .then()
                .statusCode(201);
        owner.asking()
                .body(Map.of("name", "🚀".repeat(101)))
                .post("/v1/watchlists")
                .then()
                .statusCode(400);
        owner.asking().body(Map.of()).post("/v1/watchlists").then().statusCode(400);
    }

    @Test
    void the_caller_sees_every_list_they_share_newest_first_page_by_page() {
        TestUser me = somebody();
        TestUser other = somebody();
        UUID mine = listOf(me);
        UUID shared = listOf(other);
        listOf(other);
        UUID newest = listOf(me);
        giveRole(other, shared, me.id(), "viewer").then().statusCode(204);
        WatchlistSteps.accept(me, shared).then().statusCode(204);
        add(other, shared, "SPY").then().statusCode(204);

        JsonPath first = me.asking()
                .get("/v1/watchlists?limit=2")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        JsonPath second = me.asking()
                .get("/v1/watchlists?limit=2&cursor=" + first.getString("nextCursor"))
                .then()
                .statusCode(200)
                .body("nextCursor", nullValue())
                .extract()
                .jsonPath();

        assertThat(first.<String>getList("items.id")).containsExactly(newest.toString(), shared.toString());
        assertThat(second.<String>getList("items.id")).containsExactly(mine.toString());
        assertThat(first.getMap("items[1]"))
                .containsEntry("role", "viewer")
                .containsEntry("assetCount", 1)
                .containsEntry("memberCount", 2)
                .containsEntry("name", "Majors");
    }

    @Test
    void an_edit_needs_the_version_it_was_made_from() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        String before = look(owner, list).header("ETag");

        owner.asking()
                .header("If-Match", before)
                .body(Map.of("name", "Minors"))
                .patch("/v1/watchlists/{id}", list)
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(before)))
                .body("name", equalTo("Minors"));

        owner.asking()
                .header("If-Match", before)
                .body(Map.of("name", "Majors"))
                .patch("/v1/watchlists/{id}", list)
                .then()
                .statusCode(412);
        assertThat(seen(owner, list).getString("name")).isEqualTo("Minors");
    }

    @Test
    void the_version_changes_with_assets_and_members_and_not_without_a_change() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser viewer = member(list, owner, "viewer");
        String before = look(owner, list).header("ETag");

        rename(owner, list, "Majors").then().statusCode(200);
        giveRole(owner, list, viewer.id(), "viewer").then().statusCode(204);
        removeAsset(owner, list, "SPY").then().statusCode(204);
        assertThat(look(owner, list).header("ETag")).isEqualTo(before);

        add(owner, list, "SPY").then().statusCode(204);
        String withAsset = look(owner, list).header("ETag");
        add(owner, list, "SPY").then().statusCode(204);
        assertThat(look(owner, list).header("ETag")).isEqualTo(withAsset).isNotEqualTo(before);

        WatchlistSteps.remove(viewer, list, viewer).then().statusCode(204);
        assertThat(look(owner, list).header("ETag")).isNotEqualTo(withAsset);
    }

    @Test
    void a_patch_may_name_only_editable_fields() {
        TestUser owner = somebody();
        UUID list = listOf(owner);

        owner.asking()
                .body(Map.of("role", "viewer"))
                .patch("/v1/watchlists/{id}", list)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("role"));
        owner.asking()
                .body(new HashMap<>(Collections.singletonMap("name", null)))
                .patch("/v1/watchlists/{id}", list)
                .then()
                .statusCode(400);
        owner.asking().body("{}").patch("/v1/watchlists/{id}", list).then().statusCode(200);
    }

    @Test
    void a_deleted_list_is_gone_with_all_that_was_on_it() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser editor = member(list, owner, "editor");
        add(editor, list, "SPY").then().statusCode(204);

        delete(owner, list).then().statusCode(204);

        look(owner, list).then().statusCode(404);
        look(editor, list).then().statusCode(404);
        delete(owner, list).then().statusCode(404);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM watchlist_assets WHERE watchlist_id = ?", list))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "BTC%2FUSD, BTC/USD",
        "btc%2fusd, BTC/USD",
        "%2FES, /ES",
        "EUR%2F, EUR/",
        "BRK.B, BRK.B",
        "spy, SPY",
        "%24SOL, $SOL",
        "A%25B, A%B",
        "A+B, A+B",
        "ES%3DF, ES=F",
        "%5EGSPC, ^GSPC",
        "A%3BB, A;B",
        "A%3FB%23C, A?B#C"
    })
    void a_symbol_reaches_the_list_as_it_was_sent(String sent, String stored) {
        TestUser owner = somebody();
        UUID list = listOf(owner);

        add(owner, list, sent).then().statusCode(204);

        JsonPath seen = seen(owner, list);
        assertThat(seen.<String>getList("assets.symbol")).containsExactly(stored);
        assertThat(seen.getString("assets[0].addedBy")).isEqualTo(owner.id().toString());
        assertThat(seen.getString("assets[0].addedAt")).endsWith("Z");
        removeAsset(owner, list, sent).then().statusCode(204);
        assertThat(seen(owner, list).getList("assets")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%20", "A%20B", "%00", "%C3%A9", "%F0%9F%9A%80", "123456789012345678901234567890123", "A%0AB"})
    void what_is_no_symbol_is_refused(String symbol) {
        TestUser owner = somebody();
        UUID list = listOf(owner);

        add(owner, list, symbol).then().statusCode(400).body("violations[0].field", equalTo("symbol"));
        removeAsset(owner, list, symbol).then().statusCode(400);
    }

    @Test
    void a_symbol_that_is_not_encoded_is_another_path() {
        TestUser owner = somebody();
        UUID list = listOf(owner);

        add(owner, list, "BTC/USD").then().statusCode(404);
        add(owner, list, "").then().statusCode(404);
        assertThat(seen(owner, list).getList("assets")).isEmpty();
    }

    @Test
    void an_asset_is_on_a_list_once_whoever_adds_it_in_whatever_case() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser editor = member(list, owner, "editor");

        add(editor, list, "btc%2Fusd").then().statusCode(204);
        add(owner, list, "SPY").then().statusCode(204);
        add(owner, list, "BTC%2FUSD").then().statusCode(204);

        JsonPath seen = seen(owner, list);
        assertThat(seen.<String>getList("assets.symbol")).containsExactly("BTC/USD", "SPY");
        assertThat(seen.getString("assets[0].addedBy")).isEqualTo(editor.id().toString());
    }

    @Test
    void a_list_has_at_most_500_assets() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO watchlist_assets (watchlist_id, symbol, added_by) SELECT ?, 'A' || n, ? FROM generate_series(1, 500) n",
                        list,
                        owner.id());

        add(owner, list, "SPY").then().statusCode(409).body("type", equalTo(problem("watchlist-full")));
        add(owner, list, "A500").then().statusCode(204);
        removeAsset(owner, list, "A500").then().statusCode(204);
        add(owner, list, "SPY").then().statusCode(204);
        assertThat(seen(owner, list).getList("assets")).hasSize(500);
    }
}
