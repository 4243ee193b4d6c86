package io.tradosphere.signal.engagement;

import static io.tradosphere.signal.SignalSteps.commented;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.engagement.EngagementSteps.asksToComment;
import static io.tradosphere.signal.engagement.EngagementSteps.awaitCounts;
import static io.tradosphere.signal.engagement.EngagementSteps.blocks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.CommentRemoved;
import io.tradosphere.contracts.signal.SignalCommented;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class CommentTest {

    @Test
    void a_comment_has_its_own_location_and_its_event_has_no_text() {
        TestUser creator = creator();
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator, signalFields(freshSymbol()));

        Response answer = asksToComment(fan, signal, "Still long?\n🚀");

        answer.then()
                .statusCode(201)
                .body("signalId", equalTo(signal.toString()))
                .body("author.profileId", equalTo(fan.id().toString()))
                .body("author.username", notNullValue())
                .body("author.tier", equalTo("free"))
                .body("content", equalTo("Still long?\n🚀"))
                .body("createdAt", notNullValue());
        String id = answer.path("id");
        assertThat(answer.header("Location")).isEqualTo("/v1/signals/" + signal + "/comments/" + id);
        assertThat(TestUser.nobody()
                        .get(answer.header("Location"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .<Map<String, Object>>path(""))
                .isEqualTo(answer.path(""));
        PublishedEvents published = PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.commented");
        SignalCommented commented = published.event(0, SignalCommented.class);
        assertThat(commented.commentId()).hasToString(id);
        assertThat(commented.creatorId()).isEqualTo(creator.id());
        assertThat(commented.creatorIncarnation()).isEqualTo(1);
        assertThat(commented.authorId()).isEqualTo(fan.id());
        assertThat(commented.authorIncarnation()).isEqualTo(1);
        awaitCounts(signal, 0, 1, 0);
    }

    @Test
    void of_16_requests_with_one_idempotency_key_one_comments_and_all_return_its_comment() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        String key = UUID.randomUUID().toString();
        Callable<Response> fields = () -> fan.asking()
                .header("Idempotency-Key", key)
                .body(Map.of("content", "once"))
                .post("/v1/signals/{id}/comments", signal);

        List<Response> answers = Concurrently.run(Collections.nCopies(16, fields));

        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(answers)
                .extracting(Response::asString)
                .containsOnly(answers.get(0).asString());
        PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.commented");
        fan.asking()
                .header("Idempotency-Key", key)
                .body(Map.of("content", "twice"))
                .post("/v1/signals/{id}/comments", signal)
                .then()
                .statusCode(422);
    }

    @Test
    void a_caller_with_ten_thousand_keys_uses_no_further_one_until_some_expire() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        Map<String, Object> comment = Map.of("content", "kept");
        String path = "/v1/signals/{id}/comments";
        fan.asking()
                .header("Idempotency-Key", "first")
                .body(comment)
                .post(path, signal)
                .then()
                .statusCode(201);
        Sql.asSuperuser().execute("""
                        INSERT INTO idempotency_keys (caller_id, method, path, key, request_hash)
                        SELECT ?, 'POST', '/v1/signals', 'key ' || i, '' FROM generate_series(1, 9999) AS i
                        """, fan.id());

        fan.asking()
                .header("Idempotency-Key", "one too many")
                .body(comment)
                .post(path, signal)
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("limit-reached")));
        fan.asking()
                .header("Idempotency-Key", "first")
                .body(comment)
                .post(path, signal)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true");
        fan.asking().body(comment).post(path, signal).then().statusCode(201);
    }

    @Test
    void comments_are_listed_newest_first_page_by_page_while_more_are_added() {
        TestUser one = known(Tier.FREE);
        TestUser other = known(Tier.LEGEND);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(0, commented(i % 2 == 0 ? one : other, signal).toString());
        }
        commented(one, posted(creator(), signalFields(freshSymbol())));

        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = TestUser.nobody()
                    .queryParam("limit", 3)
                    .queryParam("cursor", cursor)
                    .get("/v1/signals/{id}/comments", signal)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.id"));
            cursor = page.getString("nextCursor");
            commented(one, signal);
        }

        assertThat(found).isEqualTo(expected);
        TestUser.nobody()
                .queryParam("limit", 1)
                .get("/v1/signals/{id}/comments", signal)
                .then()
                .header("Link", notNullValue())
                .body("items[0].author.profileId", equalTo(one.id().toString()));
    }

    @Test
    void a_signal_without_comments_lists_none_and_one_that_is_not_there_is_not_found() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        TestUser.nobody()
                .get("/v1/signals/{id}/comments", signal)
                .then()
                .statusCode(200)
                .body("items", equalTo(List.of()))
                .body("nextCursor", nullValue());
        TestUser.nobody()
                .get("/v1/signals/{id}/comments", UUID.randomUUID())
                .then()
                .statusCode(404);
        TestUser.nobody()
                .get("/v1/signals/{id}/comments?limit=0", signal)
                .then()
                .statusCode(400);
        TestUser.nobody()
                .get("/v1/signals/{id}/comments?cursor=nonsense", signal)
                .then()
                .statusCode(400)
                .body("type", equalTo(problem("invalid-cursor")));
        asksToComment(known(Tier.FREE), UUID.randomUUID(), "hello").then().statusCode(404);
    }

    @Test
    void a_comment_is_removed_by_its_author() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        UUID comment = commented(fan, signal);
        commented(fan, signal);

        remove(fan, signal, comment).then().statusCode(204);
        remove(fan, signal, comment).then().statusCode(404);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.ENGAGEMENT, signal.toString(), "signal.commented", "signal.commented", "signal.comment-removed");
        assertThat(published.event(2, CommentRemoved.class).commentId()).isEqualTo(comment);
        assertThat(published.event(2, CommentRemoved.class).authorId()).isEqualTo(fan.id());
        TestUser.nobody()
                .get("/v1/signals/{id}/comments/{comment}", signal, comment)
                .then()
                .statusCode(404);
        awaitCounts(signal, 0, 1, 0);
    }

    @Test
    void a_comment_is_removed_by_the_signals_creator_and_by_no_third_party() {
        TestUser creator = creator();
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator, signalFields(freshSymbol()));
        UUID comment = commented(fan, signal);
        UUID elsewhere = posted(creator, signalFields(freshSymbol()));

        remove(known(Tier.LEGEND), signal, comment).then().statusCode(403).body("type", equalTo(problem("forbidden")));
        remove(creator, elsewhere, comment).then().statusCode(404);
        TestUser.nobody()
                .delete("/v1/signals/{id}/comments/{comment}", signal, comment)
                .then()
                .statusCode(401);
        remove(creator, signal, comment).then().statusCode(204);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.ENGAGEMENT, signal.toString(), "signal.commented", "signal.comment-removed");
        assertThat(published.event(1, CommentRemoved.class).authorId()).isEqualTo(fan.id());
    }

    @Test
    void a_comment_removed_by_author_and_creator_at_once_is_removed_once() {
        TestUser creator = creator();
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator, signalFields(freshSymbol()));
        UUID comment = commented(fan, signal);
        List<Callable<Integer>> calls = IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(i -> () ->
                        remove(i % 2 == 0 ? creator : fan, signal, comment).statusCode())
                .toList();

        List<Integer> statuses = Concurrently.run(calls);

        assertThat(statuses).containsOnly(204, 404).containsOnlyOnce(204);
        PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.commented", "signal.comment-removed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"\"}",
                "{\"content\":\" \\n\\t\"}",
                "{\"content\":\"a\\u0000b\"}",
                "{\"content\":\"a\\ud800b\"}",
                "{\"content\":{}}",
                "{\"content\":null}",
                "{}",
                "{\"content\":\"hello\",\"authorId\":\"0b7b3a52-7c0e-4a3c-8f0e-2f4a3f0f9d11\"}",
                "null",
                ""
            })
    void what_is_no_comment_is_refused(String body) {
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        known(Tier.FREE)
                .asking()
                .body(body)
                .post("/v1/signals/{id}/comments", signal)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void a_comment_has_up_to_2000_characters_as_people_count_them() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        asksToComment(fan, signal, "🚀".repeat(2000)).then().statusCode(201);
        asksToComment(fan, signal, "x".repeat(2001))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("content"));
    }

    @Test
    void commenting_requires_a_token_and_a_profile() {
        TestUser unheardOf = TestUser.stranger();
        isKnownToProfileService(unheardOf, Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        TestUser.nobody()
                .body(Map.of("content", "hello"))
                .post("/v1/signals/{id}/comments", signal)
                .then()
                .statusCode(401);
        asksToComment(TestUser.stranger(), signal, "hello")
                .then()
                .statusCode(403)
                .body("type", equalTo(problem("profile-required")));
        asksToComment(unheardOf, signal, "hello").then().statusCode(201);
    }

    @Test
    void a_profile_blocked_by_the_creator_cannot_comment() {
        TestUser creator = creator();
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator, signalFields(freshSymbol()));
        UUID before = commented(fan, signal);
        blocks(creator, fan, true);

        asksToComment(fan, signal, "hello").then().statusCode(403).body("type", equalTo(problem("blocked")));
        remove(fan, signal, before).then().statusCode(204);
    }

    private static Response remove(TestUser person, UUID signal, UUID comment) {
        return person.asking().delete("/v1/signals/{id}/comments/{comment}", signal, comment);
    }
}
