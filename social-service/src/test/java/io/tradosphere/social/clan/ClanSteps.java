package io.tradosphere.social.clan;

import io.tradosphere.contracts.Tier;
import io.tradosphere.social.Someone;
import io.tradosphere.test.Person;
import io.tradosphere.test.Sql;
import java.util.Map;
import java.util.UUID;

/** What tests of clans do before what they test. */
public final class ClanSteps {

    private ClanSteps() {}

    /** Somebody who may found clans. */
    static Person elite() {
        return Someone.known(Tier.ELITE);
    }

    /** A name no clan has. */
    static String freshName() {
        return "Clan " + UUID.randomUUID();
    }

    /** A fresh clan of the owner's. */
    public static UUID clanOf(Person owner) {
        return UUID.fromString(owner.asking()
                .body(Map.of("name", freshName()))
                .post("/v1/clans")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** Makes somebody a member. */
    public static void join(UUID clan, Person person) {
        person.asking().post("/v1/clans/{id}/members", clan).then().statusCode(201);
    }

    /** Gives somebody a role. */
    public static int giveRole(Person owner, UUID clan, Person person, String role) {
        return owner.asking()
                .body(Map.of("role", role))
                .put("/v1/clans/{id}/members/{profile}", clan, person.id())
                .statusCode();
    }

    /** Takes somebody out. */
    public static int remove(Person by, UUID clan, Person person) {
        return by.asking()
                .delete("/v1/clans/{id}/members/{profile}", clan, person.id())
                .statusCode();
    }

    /** The key of a membership. */
    public static String key(UUID clan, Person person) {
        return clan + ":" + person.id();
    }

    /** Whether clan and members agree: one owner, who is the clan's, and as many members as it says. */
    public static boolean isSound(UUID clan) {
        return Sql.asSuperuser().column("""
                        SELECT count(*) FILTER (WHERE m.role = 'owner') = 1
                           AND bool_or(m.role = 'owner' AND m.user_id = c.owner_id) AND count(*) = c.member_count
                        FROM clans c JOIN clan_members m ON m.clan_id = c.id WHERE c.id = ? GROUP BY c.id
                        """, clan).equals(java.util.List.of(true));
    }
}
