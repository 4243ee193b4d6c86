package io.tradosphere.signal.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Steps shared by the tests of engagement. */
final class EngagementSteps {

    static final Duration SOON = Duration.ofSeconds(30);

    private EngagementSteps() {}

    static Response asksToReact(TestUser person, UUID signal, String type) {
        return person.asking().body(Map.of("type", type)).put("/v1/signals/{id}/reaction", signal);
    }

    static void reacts(TestUser person, UUID signal, String type) {
        asksToReact(person, signal, type).then().statusCode(204);
    }

    static Response asksToTakeBack(TestUser person, UUID signal) {
        return person.asking().delete("/v1/signals/{id}/reaction", signal);
    }

    static Response asksToComment(TestUser person, UUID signal, String content) {
        return person.asking().body(Map.of("content", content)).post("/v1/signals/{id}/comments", signal);
    }

    static void views(UUID signal) {
        TestUser.nobody().post("/v1/signals/{id}/views", signal).then().statusCode(204);
    }

    /** Writes a block, or its end, into the replica. */
    static void blocks(TestUser blocker, TestUser blocked, boolean isBlocking) {
        Sql.asSuperuser().execute("""
                        INSERT INTO blocks (blocker_id, blocked_id, blocker_incarnation, blocked_incarnation, is_blocking, sequence)
                        VALUES (?, ?, 1, 1, ?, 1)
                        """, blocker.id(), blocked.id(), isBlocking);
    }

    /** The signal's counters, such as {@code 1 likes, 2 comments, 3 views}. */
    static String counts(UUID signal) {
        JsonPath shown = TestUser.nobody()
                .get("/v1/signals/{id}", signal)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return text(shown.getLong("likeCount"), shown.getLong("commentCount"), shown.getLong("viewCount"));
    }

    static void awaitCounts(UUID signal, long likes, long comments, long views) {
        await().atMost(SOON).untilAsserted(() -> assertThat(counts(signal)).isEqualTo(text(likes, comments, views)));
    }

    private static String text(long likes, long comments, long views) {
        return likes + " likes, " + comments + " comments, " + views + " views";
    }
}
