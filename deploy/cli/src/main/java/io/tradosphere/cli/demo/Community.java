package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** People come, follow, unfollow, block, earn an achievement and found a clan; one of them leaves for good at the end. */
final class Community {

    private static final int FANS = 12;

    private final Teller story;

    Community(Teller story) {
        this.story = story;
    }

    /** Everybody is there, and follows. */
    void begin() {
        story.chapter("People make their profiles");
        story.arrive("vega", "Vega Capital");
        story.arrive("mira", "Mira");
        List<String> fans = new ArrayList<>();
        for (int i = 1; i <= FANS; i++) {
            fans.add("fan" + i);
            story.arrive("fan" + i, null);
        }
        story.say(story.crowd() + " profiles, each a free one that has counted nothing yet");

        story.chapter("An admin sets a tier and makes an achievement");
        story.setTier("vega", "elite");
        String achievement = "First ten followers " + story.run();
        story.call("POST", "/v1/achievements", story.admin(), """
                {"name":"%s","description":"Ten people follow you","category":"community",
                 "criteria":{"all":[{"metric":"followerCount","gte":10}]}}""".formatted(achievement), "make an achievement");
        story.say("vega is elite now; '" + achievement + "' waits for ten followers");

        story.chapter("Everybody follows vega, and vega follows mira back");
        fans.forEach(
                fan -> story.call("PUT", "/v1/follows/" + story.id("vega"), story.token(fan), null, "follow vega"));
        fans.forEach(fan ->
                story.call("PUT", "/v1/follows/" + story.id("vega"), story.token(fan), null, "follow vega again"));
        story.call("PUT", "/v1/follows/" + story.id("vega"), story.token("mira"), null, "follow vega");
        story.call("PUT", "/v1/follows/" + story.id("mira"), story.token("vega"), null, "follow mira");
        expectFollowers("vega", FANS + 1, "each fan twice, counted once, and mira");
        expectFollowers("mira", 1, "vega");
        story.expect(
                "vega has earned '" + achievement + "'",
                () -> story.call(
                                "GET",
                                "/v1/profiles/" + story.id("vega") + "/achievements",
                                null,
                                null,
                                "list achievements")
                        .findValuesAsText("name")
                        .contains(achievement));
        JsonNode relation =
                story.call("GET", "/v1/follows/" + story.id("mira"), story.token("vega"), null, "look at the relation");
        story.check("vega and mira follow each other", relation.path("mutual").asBoolean());

        story.chapter("Two have enough, and one is blocked");
        story.call("DELETE", "/v1/follows/" + story.id("vega"), story.token("fan1"), null, "unfollow vega");
        story.call("DELETE", "/v1/follows/" + story.id("vega"), story.token("fan2"), null, "unfollow vega");
        story.call("PUT", "/v1/follows/blocks/" + story.id("fan3"), story.token("vega"), null, "block fan3");
        expectFollowers("vega", FANS + 1 - 3, "two left, and the block ended fan3's follow");
        story.check(
                "fan3 can no longer follow vega (403)",
                story.status("PUT", "/v1/follows/" + story.id("vega"), story.token("fan3"), null) == 403);

        story.chapter("vega founds a clan and hands it over");
        JsonNode clan = story.call(
                "POST",
                "/v1/clans",
                story.token("vega"),
                "{\"name\":\"Night Desk " + story.run() + "\"}",
                "found a clan");
        String clanPath = "/v1/clans/" + clan.path("id").asText();
        story.call("POST", clanPath + "/members", story.token("mira"), null, "join the clan");
        story.call(
                "PUT",
                clanPath + "/members/" + story.id("mira"),
                story.token("vega"),
                "{\"role\":\"owner\"}",
                "hand the clan over");
        story.call("DELETE", clanPath + "/members/" + story.id("vega"), story.token("vega"), null, "leave the clan");
        JsonNode members = story.call("GET", clanPath + "/members", null, null, "list the members");
        story.check(
                "the clan has one member, its new owner mira",
                members.path("items").size() == 1
                        && members.toString().contains(story.id("mira").toString()));
    }

    /** Somebody goes. */
    void end() {
        story.chapter("mira erases herself");
        story.call("DELETE", "/v1/profiles/me", story.token("mira"), null, "erase mira");
        expectFollowers("vega", FANS + 1 - 4, "mira's follow went with her");
        story.check(
                "nobody finds mira any more (404)",
                story.status("GET", "/v1/profiles/" + story.id("mira"), null, null) == 404);
    }

    private void expectFollowers(String name, int expected, String why) {
        story.expect(name + " has " + expected + " followers (" + why + ")", () -> followers(name) == expected);
    }

    private int followers(String name) {
        return story.call("GET", "/v1/profiles/" + story.id(name), null, null, "read " + name + "'s profile")
                .path("stats")
                .path("followerCount")
                .asInt(-1);
    }
}
