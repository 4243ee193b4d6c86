package io.tradosphere.signal.watchlist;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.test.Person;
import io.tradosphere.test.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests of watchlists do before what they test. */
public final class WatchlistSteps {

    private WatchlistSteps() {}

    /** Somebody whom the slice knows. */
    static Person somebody() {
        return SignalSteps.known(Tier.FREE);
    }

    /** A fresh list of the owner's. */
    public static UUID listOf(Person owner) {
        return UUID.fromString(owner.asking()
                .body(Map.of("name", "Majors"))
                .post("/v1/watchlists")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** Somebody new who has that role in the list. */
    static Person member(UUID list, Person owner, String role) {
        Person person = somebody();
        giveRole(owner, list, person.id(), role).then().statusCode(204);
        return person;
    }

    static Response giveRole(Person by, UUID list, UUID person, String role) {
        return by.asking().body(Map.of("role", role)).put("/v1/watchlists/{id}/members/{profile}", list, person);
    }

    static Response remove(Person by, UUID list, Person person) {
        return by.asking().delete("/v1/watchlists/{id}/members/{profile}", list, person.id());
    }

    /** Puts an asset on the list, whose symbol goes into the path as it is given. */
    static Response add(Person by, UUID list, String encodedSymbol) {
        return by.asking().urlEncodingEnabled(false).put("/v1/watchlists/" + list + "/assets/" + encodedSymbol);
    }

    static Response takeOff(Person by, UUID list, String encodedSymbol) {
        return by.asking().urlEncodingEnabled(false).delete("/v1/watchlists/" + list + "/assets/" + encodedSymbol);
    }

    static Response rename(Person by, UUID list, String name) {
        return by.asking().body(Map.of("name", name)).patch("/v1/watchlists/{id}", list);
    }

    static Response delete(Person by, UUID list) {
        return by.asking().delete("/v1/watchlists/{id}", list);
    }

    static Response look(Person by, UUID list) {
        return by.asking().get("/v1/watchlists/{id}", list);
    }

    /** What a member sees of the list. */
    static JsonPath seen(Person by, UUID list) {
        return look(by, list).then().statusCode(200).extract().jsonPath();
    }

    /** What the list is to its member, such as {@code viewer}. */
    static String roleOf(Person person, UUID list) {
        return seen(person, list).getString("role");
    }

    /** Who owns the list, by the database. */
    static List<Object> ownersOf(UUID list) {
        return Sql.asSuperuser()
                .column("SELECT user_id FROM watchlist_members WHERE watchlist_id = ? AND role = 'owner'", list);
    }
}
