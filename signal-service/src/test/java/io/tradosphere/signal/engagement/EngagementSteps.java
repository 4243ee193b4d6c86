package io.tradosphere.signal.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.test.Person;
import io.tradosphere.test.Sql;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** What tests of engagement do before what they test. */
final class EngagementSteps {

    static final Duration SOON = Duration.ofSeconds(30);

    private EngagementSteps() {}

    static Response asksToReact(Person person, UUID signal, String type) {
        return person.asking().body(Map.of("type", type)).put("/v1/signals/{id}/reaction", signal);
    }

    static void reacts(Person person, UUID signal, String type) {
        asksToReact(person, signal, type).then().statusCode(204);
    }

    static Response asksToTakeBack(Person person, UUID signal) {
        return person.asking().delete("/v1/signals/{id}/reaction", signal);
    }

    static Response asksToComment(Person person, UUID signal, String content) {
        return person.asking().body(Map.of("content", content)).post("/v1/signals/{id}/comments", signal);
    }

    static void views(UUID signal) {
        Person.nobody().post("/v1/signals/{id}/views", signal).then().statusCode(204);
    }

    /** Puts a block of one person by another into the slice's copy, or its end. */
    static void blocks(Person blocker, Person blocked, boolean isBlocking) {
        Sql.asSuperuser().execute("""
                        INSERT INTO blocks (blocker_id, blocked_id, blocker_incarnation, blocked_incarnation, is_blocking, sequence)
                        VALUES (?, ?, 1, 1, ?, 1)
                        """, blocker.id(), blocked.id(), isBlocking);
    }

    /** The signal's counters as everybody sees them, such as {@code 1 likes, 2 comments, 3 views}. */
    static String counts(UUID signal) {
        JsonPath shown = Person.nobody()
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
