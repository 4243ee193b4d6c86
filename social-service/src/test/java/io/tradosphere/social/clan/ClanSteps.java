package io.tradosphere.social.clan;

import io.tradosphere.contracts.Tier;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Test steps of clans. */
public final class ClanSteps {

    private ClanSteps() {}

    /** A profile that may create clans. */
    static TestUser elite() {
        return TestProfiles.known(Tier.ELITE);
    }

    /** An unused clan name. */
    static String freshName() {
        return "Clan " + UUID.randomUUID();
    }

    /** Creates a clan owned by the given profile. */
    public static UUID clanOf(TestUser owner) {
        return UUID.fromString(owner.asking()
                .body(Map.of("name", freshName()))
                .post("/v1/clans")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** Adds a member. */
    public static void join(UUID clan, TestUser person) {
        person.asking().post("/v1/clans/{id}/members", clan).then().statusCode(201);
    }

    /** Sets the role of a member; returns the status. */
    public static int setRole(TestUser owner, UUID clan, TestUser person, String role) {
        return owner.asking()
                .body(Map.of("role", role))
                .put("/v1/clans/{id}/members/{profile}", clan, person.id())
                .statusCode();
    }

    /** Accepts an invitation; returns the status. */
    public static int accept(TestUser invitee, UUID clan) {
        return invitee.asking().post("/v1/clans/{id}/invitation/accept", clan).statusCode();
    }

    /** Accepts the ownership of a clan; returns the status. */
    public static int acceptOwnership(TestUser member, UUID clan) {
        return member.asking().post("/v1/clans/{id}/ownership/accept", clan).statusCode();
    }

    /** Declines an invitation; returns the status. */
    static int decline(TestUser invitee, UUID clan) {
        return invitee.asking().delete("/v1/clans/{id}/invitation", clan).statusCode();
    }

    /** Blocks a profile. */
    static void block(TestUser blocker, TestUser blocked) {
        blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
    }

    /** The clans to which the profile has an open invitation. */
    static List<String> invitationsOf(TestUser person) {
        return person.asking()
                .get("/v1/clans/invitations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.clanId");
    }

    /** Removes a member; returns the status. */
    public static int remove(TestUser by, UUID clan, TestUser person) {
        return by.asking()
                .delete("/v1/clans/{id}/members/{profile}", clan, person.id())
                .statusCode();
    }

    /** The key of a membership. */
    public static String key(UUID clan, TestUser person) {
        return clan + ":" + person.id();
    }

    /** Whether clan and members are consistent: one owner, the same as that of the clan, and the right count. */
    public static boolean isSound(UUID clan) {
        return Sql.asSuperuser().column("""
                        SELECT count(*) FILTER (WHERE m.role = 'owner') = 1
                           AND bool_or(m.role = 'owner' AND m.user_id = c.owner_id) AND count(*) = c.member_count
                        FROM clans c JOIN clan_members m ON m.clan_id = c.id WHERE c.id = ? GROUP BY c.id
                        """, clan).equals(List.of(true));
    }
}
