package io.tradosphere.signal.watchlist;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Steps shared by the tests of watchlists. */
public final class WatchlistSteps {

    private WatchlistSteps() {}

    /** A profile known to the replica. */
    static TestUser somebody() {
        return SignalSteps.known(Tier.FREE);
    }

    /** A fresh list of the owner's. */
    public static UUID listOf(TestUser owner) {
        return UUID.fromString(owner.asking()
                .body(Map.of("name", "Majors"))
                .post("/v1/watchlists")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** A new member with that role. */
    static TestUser member(UUID list, TestUser owner, String role) {
        TestUser person = somebody();
        giveRole(owner, list, person.id(), role).then().statusCode(204);
        accept(person, list).then().statusCode(204);
        return person;
    }

    static Response accept(TestUser by, UUID list) {
        return by.asking().post("/v1/watchlists/{id}/invitation/accept", list);
    }

    /** Writes a block, or its end, into the replica. */
    static void blocks(TestUser blocker, TestUser blocked, boolean isBlocking) {
        Sql.asSuperuser().execute("""
                        INSERT INTO blocks (blocker_id, blocked_id, blocker_incarnation, blocked_incarnation, is_blocking, sequence)
                        VALUES (?, ?, 1, 1, ?, 1)
                        ON CONFLICT (blocker_id, blocked_id) DO UPDATE SET is_blocking = EXCLUDED.is_blocking
                        """, blocker.id(), blocked.id(), isBlocking);
    }

    static Response decline(TestUser by, UUID list) {
        return by.asking().delete("/v1/watchlists/{id}/invitation", list);
    }

    /** The lists to which the person has an open invitation. */
    static List<String> invitationsOf(TestUser person) {
        return person.asking()
                .get("/v1/watchlists/invitations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.watchlistId");
    }

    static Response giveRole(TestUser by, UUID list, UUID person, String role) {
        return by.asking().body(Map.of("role", role)).put("/v1/watchlists/{id}/members/{profile}", list, person);
    }

    static Response remove(TestUser by, UUID list, TestUser person) {
        return by.asking().delete("/v1/watchlists/{id}/members/{profile}", list, person.id());
    }

    /** Adds an asset to the list; the symbol goes into the path as given. */
    static Response add(TestUser by, UUID list, String encodedSymbol) {
        return by.asking().urlEncodingEnabled(false).put("/v1/watchlists/" + list + "/assets/" + encodedSymbol);
    }

    static Response removeAsset(TestUser by, UUID list, String encodedSymbol) {
        return by.asking().urlEncodingEnabled(false).delete("/v1/watchlists/" + list + "/assets/" + encodedSymbol);
    }

    static Response rename(TestUser by, UUID list, String name) {
        return by.asking().body(Map.of("name", name)).patch("/v1/watchlists/{id}", list);
    }

    static Response delete(TestUser by, UUID list) {
        return by.asking().delete("/v1/watchlists/{id}", list);
    }

    static Response look(TestUser by, UUID list) {
        return by.asking().get("/v1/watchlists/{id}", list);
    }

    /** The list as a member sees it. */
    static JsonPath seen(TestUser by, UUID list) {
        return look(by, list).then().statusCode(200).extract().jsonPath();
    }

    /** The member's role in the list, such as {@code viewer}. */
    static String roleOf(TestUser person, UUID list) {
        return seen(person, list).getString("role");
    }

    /** Who owns the list, by the database. */
    static List<Object> ownersOf(UUID list) {
        return Sql.asSuperuser()
                .column("SELECT user_id FROM watchlist_members WHERE watchlist_id = ? AND role = 'owner'", list);
    }
}
