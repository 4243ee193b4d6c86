package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The demo's social part: profiles, follows, blocks, an achievement, a clan, and one erasure at the end. */
final class CommunityChapter {

    /** How many fans there are, {@code fan1} and so on. */
    static final int FANS = 12;

    private final DemoScript script;

    CommunityChapter(DemoScript script) {
        this.script = script;
    }

    /** Creates the profiles, the follows, the achievement and the clan. */
    void begin() {
        script.chapter("Create the profiles");
        script.createProfile("vega", "Vega Capital");
        script.createProfile("mira", "Mira");
        List<String> fans = new ArrayList<>();
        for (int i = 1; i <= FANS; i++) {
            fans.add("fan" + i);
            script.createProfile("fan" + i, null);
        }
        script.print(script.profileCount() + " profiles, all of tier free, all counters at zero");

        script.chapter("An admin sets a tier and creates an achievement");
        script.setTier("vega", "elite");
        String achievement = "First ten followers " + script.run();
        script.request("POST", "/v1/achievements", script.admin(), """
                {"name":"%s","description":"Ten profiles follow you","category":"community",
                 "criteria":{"all":[{"metric":"followerCount","gte":10}]}}""".formatted(achievement), "create an achievement");
        script.print("vega is elite now; '" + achievement + "' requires ten followers");

        script.chapter("All fans and mira follow vega, and vega follows mira");
        fans.forEach(fan ->
                script.request("PUT", "/v1/follows/" + script.id("vega"), script.token(fan), null, "follow vega"));
        fans.forEach(fan -> script.request(
                "PUT", "/v1/follows/" + script.id("vega"), script.token(fan), null, "follow vega again"));
        script.request("PUT", "/v1/follows/" + script.id("vega"), script.token("mira"), null, "follow vega");
        script.request("PUT", "/v1/follows/" + script.id("mira"), script.token("vega"), null, "follow mira");
        expectFollowers("vega", FANS + 1, "each fan sent the request twice and counts once, plus mira");
        expectFollowers("mira", 1, "vega");
        script.expect(
                "vega has earned '" + achievement + "'",
                () -> script.request(
                                "GET",
                                "/v1/profiles/" + script.id("vega") + "/achievements",
                                null,
                                null,
                                "list achievements")
                        .findValuesAsText("name")
                        .contains(achievement));
        JsonNode relation = script.request(
                "GET", "/v1/follows/" + script.id("mira"), script.token("vega"), null, "read the relationship");
        script.check("vega and mira follow each other", relation.path("mutual").asBoolean());

        script.chapter("Two fans unfollow vega, and vega blocks one");
        script.request("DELETE", "/v1/follows/" + script.id("vega"), script.token("fan1"), null, "unfollow vega");
        script.request("DELETE", "/v1/follows/" + script.id("vega"), script.token("fan2"), null, "unfollow vega");
        script.request("PUT", "/v1/follows/blocks/" + script.id("fan3"), script.token("vega"), null, "block fan3");
        expectFollowers("vega", FANS + 1 - 3, "two unfollowed, and the block removed fan3's follow");
        script.check(
                "fan3 can no longer follow vega (403)",
                script.status("PUT", "/v1/follows/" + script.id("vega"), script.token("fan3"), null) == 403);

        script.chapter("vega creates a clan and transfers it to mira");
        JsonNode clan = script.request(
                "POST",
                "/v1/clans",
                script.token("vega"),
                "{\"name\":\"Night Desk " + script.run() + "\"}",
                "found a clan");
        String clanPath = "/v1/clans/" + clan.path("id").asText();
        script.request("POST", clanPath + "/members", script.token("mira"), null, "join the clan");
        script.request(
                "PUT",
                clanPath + "/members/" + script.id("mira"),
                script.token("vega"),
                "{\"role\":\"owner\"}",
                "offer the clan to mira");
        script.request(
                "POST", clanPath + "/ownership/accept", script.token("mira"), null, "accept the ownership of the clan");
        script.request(
                "DELETE", clanPath + "/members/" + script.id("vega"), script.token("vega"), null, "leave the clan");
        JsonNode members = script.request("GET", clanPath + "/members", null, null, "list the members");
        script.check(
                "the clan has one member, its new owner mira",
                members.path("items").size() == 1
                        && members.toString().contains(script.id("mira").toString()));
    }

    /** Erases one profile and checks what is left. */
    void end() {
        script.chapter("mira erases her profile");
        script.request("DELETE", "/v1/profiles/me", script.token("mira"), null, "erase mira");
        expectFollowers("vega", FANS + 1 - 4, "the erasure removed mira's follow");
        script.check(
                "mira's profile is not found (404)",
                script.status("GET", "/v1/profiles/" + script.id("mira"), null, null) == 404);
    }

    private void expectFollowers(String name, int expected, String why) {
        script.expect(name + " has " + expected + " followers (" + why + ")", () -> followers(name) == expected);
    }

    private int followers(String name) {
        return script.request("GET", "/v1/profiles/" + script.id(name), null, null, "read " + name + "'s profile")
                .path("stats")
                .path("followerCount")
                .asInt(-1);
    }
}
