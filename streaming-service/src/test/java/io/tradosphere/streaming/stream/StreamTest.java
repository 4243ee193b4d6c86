package io.tradosphere.streaming.stream;

import static io.tradosphere.streaming.StreamSteps.SOON;
import static io.tradosphere.streaming.StreamSteps.creator;
import static io.tradosphere.streaming.StreamSteps.end;
import static io.tradosphere.streaming.StreamSteps.fields;
import static io.tradosphere.streaming.StreamSteps.live;
import static io.tradosphere.streaming.StreamSteps.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.streaming.StreamCategory;
import io.tradosphere.contracts.streaming.StreamChanged;
import io.tradosphere.contracts.streaming.StreamEnd;
import io.tradosphere.contracts.streaming.StreamEnded;
import io.tradosphere.contracts.streaming.StreamStarted;
import io.tradosphere.streaming.AgoraFake;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class StreamTest {

    @Test
    void a_stream_is_live_for_everybody_and_its_creator_gets_a_publishers_token() {
        // Given
        TestUser alice = creator();

        // When
        Response response = alice.asking().body(fields()).post("/v1/streams");

        // Then
        response.then()
                .statusCode(201)
                .body("status", equalTo("live"))
                .body("creator.profileId", equalTo(alice.id().toString()))
                .body("currentSymbol", equalTo("BTC/USD"))
                .body("endedAt", nullValue())
                .body("channel.appId", equalTo(AgoraFake.APP_ID))
                .body("channel.role", equalTo("publisher"))
                .body("channel.uid", equalTo(1))
                .body("channel.channelId", notNullValue());
        TestUser.nobody()
                .get(response.header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("title", equalTo("Bitcoin, live"))
                .body("channel", nullValue())
                .body("currentViewers", equalTo(0));
        String id = response.path("id");
        StreamStarted started =
                PublishedEvents.exactly(Topic.STREAMS, id, "streaming.started").event(0, StreamStarted.class);
        assertThat(started.creatorId()).isEqualTo(alice.id());
        assertThat(started.creatorIncarnation()).isEqualTo(KnownProfiles.incarnation(alice));
        assertThat(started.category()).isEqualTo(StreamCategory.ANALYSIS);
        assertThat(started.currentSymbol()).isEqualTo("BTC/USD");
    }

    @Test
    void a_repeated_start_is_the_same_stream_with_a_new_token_and_no_token_is_stored() {
        TestUser alice = creator();

        Response first = startWithKey(alice);
        Response second = startWithKey(alice);

        second.then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .header("Location", equalTo(first.header("Location")))
                .body("id", equalTo(first.path("id")))
                .body("channel.channelId", equalTo(first.path("channel.channelId")));
        String token = second.path("channel.token");
        assertThat(token).startsWith("007").isNotEqualTo(first.path("channel.token"));
        assertThat(Sql.asSuperuser()
                        .column("SELECT body FROM idempotency_keys WHERE caller_id = ?", alice.id())
                        .get(0)
                        .toString())
                .contains("\"live\"")
                .doesNotContain("007")
                .doesNotContain(first.<String>path("channel.channelId"));
    }

    @Test
    void only_elite_and_the_tiers_above_stream() {
        KnownProfiles.of(Tier.GROW)
                .asking()
                .body(fields())
                .post("/v1/streams")
                .then()
                .statusCode(403)
                .body("type", containsString("/tier-too-low"));
        TestUser.stranger()
                .asking()
                .body(fields())
                .post("/v1/streams")
                .then()
                .statusCode(403)
                .body("type", containsString("/profile-required"));
    }

    @Test
    void a_creator_has_one_live_stream_also_when_ten_start_at_once() {
        TestUser alice = creator();
        Callable<Integer> start =
                () -> alice.asking().body(fields()).post("/v1/streams").statusCode();

        List<Integer> statuses = Concurrently.run(Collections.nCopies(10, start));

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        alice.asking()
                .body(fields())
                .post("/v1/streams")
                .then()
                .statusCode(409)
                .body("type", containsString("/already-live"));
    }

    @Test
    void a_creator_starts_no_more_streams_in_a_day_than_allowed() {
        TestUser alice = creator();
        for (int i = 0; i < 5; i++) {
            end(alice, live(alice));
        }

        alice.asking()
                .body(fields())
                .post("/v1/streams")
                .then()
                .statusCode(409)
                .body("type", containsString("/limit-reached"));
    }

    @Test
    void a_list_goes_from_the_newest_to_the_oldest_page_by_page_and_knows_its_filters() {
        TestUser alice = creator();
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            UUID stream = live(alice);
            end(alice, stream);
            started.add(0, stream.toString());
        }

        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = TestUser.nobody()
                    .queryParams("creatorId", alice.id(), "limit", 2, "cursor", cursor, "status", "ended")
                    .get("/v1/streams");
            found.addAll(page.path("items.id"));
            cursor = page.path("nextCursor");
        }

        assertThat(found).isEqualTo(started);
        UUID running = live(alice);
        listing(Map.of("creatorId", alice.id(), "status", "live", "category", "analysis"))
                .body("items.id", equalTo(List.of(running.toString())));
        listing(Map.of("creatorId", alice.id(), "category", "competition")).body("items", equalTo(List.of()));
        listing(Map.of("status", "live")).body("items.id", hasItem(running.toString()));
        listing(Map.of("category", "analysis")).body("items.category", everyItem(equalTo("analysis")));
        listing(Map.of()).body("items.id", hasItem(running.toString()));
        listing(Map.of("status", "error", "category", "analysis")).body("items.status", everyItem(equalTo("error")));
        for (String bad : List.of("status", "category", "creatorId")) {
            TestUser.nobody()
                    .queryParam(bad, "none")
                    .get("/v1/streams")
                    .then()
                    .statusCode(400)
                    .body("violations.field", equalTo(List.of(bad)));
        }
    }

    @Test
    void the_creator_edits_title_and_symbol_while_it_is_live_and_says_so() {
        TestUser alice = creator();
        Response started = alice.asking().body(fields()).post("/v1/streams");
        UUID stream = UUID.fromString(started.path("id"));

        edit(alice, stream, Map.of("currentSymbol", "eth/usd"))
                .then()
                .statusCode(200)
                .body("title", equalTo("Bitcoin, live"))
                .body("currentSymbol", equalTo("ETH/USD"));
        edit(alice, stream, Map.of("title", "Bitcoin, live", "currentSymbol", "ETH/USD"))
                .then()
                .statusCode(200);
        edit(alice, stream, Map.of("title", "Ether")).then().statusCode(200);
        alice.asking()
                .header("If-Match", started.header("ETag"))
                .body(Map.of("title", "Too late"))
                .patch("/v1/streams/{id}", stream)
                .then()
                .statusCode(412);
        edit(alice, stream, Map.of("category", "competition"))
                .then()
                .statusCode(400)
                .body("violations.field", equalTo(List.of("category")));
        edit(alice, stream, Collections.singletonMap("title", null)).then().statusCode(400);
        edit(viewer(), stream, Map.of("title", "Mine"))
                .then()
                .statusCode(403)
                .body("type", containsString("/forbidden"));
        edit(alice, UUID.randomUUID(), Map.of("title", "None")).then().statusCode(404);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.STREAMS, stream.toString(), "streaming.started", "streaming.changed", "streaming.changed");
        assertThat(published.event(1, StreamChanged.class).titleChanged()).isFalse();
        assertThat(published.event(1, StreamChanged.class).currentSymbol()).isEqualTo("ETH/USD");
        assertThat(published.event(2, StreamChanged.class).titleChanged()).isTrue();
    }

    @Test
    void an_ended_stream_stays_ended_and_nothing_of_it_changes() {
        TestUser alice = creator();
        UUID stream = live(alice);

        viewer().asking().post("/v1/streams/{id}/end", stream).then().statusCode(403);
        alice.asking()
                .post("/v1/streams/{id}/end", stream)
                .then()
                .statusCode(200)
                .body("status", equalTo("ended"))
                .body("endedAt", notNullValue());

        for (Response late : List.of(
                alice.asking().post("/v1/streams/{id}/end", stream),
                edit(alice, stream, Map.of("title", "Again")),
                alice.asking().post("/v1/streams/{id}/token", stream),
                alice.asking().post("/v1/streams/{id}/viewers", stream),
                alice.asking().post("/v1/streams/{id}/recording", stream))) {
            late.then().statusCode(409).body("type", containsString("/stream-ended"));
        }
        StreamEnded ended = PublishedEvents.exactly(
                        Topic.STREAMS, stream.toString(), "streaming.started", "streaming.ended")
                .event(1, StreamEnded.class);
        assertThat(ended.end()).isEqualTo(StreamEnd.ENDED);
        assertThat(live(alice)).isNotEqualTo(stream);
    }

    @Test
    void a_stream_can_be_ended_twice_at_once_and_ends_once() {
        TestUser alice = creator();
        UUID stream = live(alice);
        Callable<Integer> end =
                () -> alice.asking().post("/v1/streams/{id}/end", stream).statusCode();

        assertThat(Concurrently.run(Collections.nCopies(6, end)))
                .containsOnly(200, 409)
                .containsOnlyOnce(200);

        PublishedEvents.exactly(Topic.STREAMS, stream.toString(), "streaming.started", "streaming.ended");
    }

    @Test
    void whoever_was_promoted_a_moment_ago_streams_at_once() {
        TestUser bob = KnownProfiles.of(Tier.GROW);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        long incarnation = KnownProfiles.incarnation(bob);
        ProfileServiceDouble.knows(
                new ProfileState(
                        bob.id(),
                        TestUser.freshUsername(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Tier.ELITE,
                        now,
                        incarnation,
                        now,
                        null),
                incarnation + 1);

        await().atMost(SOON)
                .until(() -> bob.asking().body(fields()).post("/v1/streams").statusCode() == 201);
    }

    private static Response startWithKey(TestUser person) {
        return person.asking()
                .header("Idempotency-Key", "the same")
                .body(fields())
                .post("/v1/streams");
    }

    private static ValidatableResponse listing(Map<String, ?> filter) {
        return TestUser.nobody().queryParams(filter).get("/v1/streams").then().statusCode(200);
    }

    private static Response edit(TestUser person, UUID stream, Map<String, ?> patch) {
        return person.asking().body(patch).patch("/v1/streams/{id}", stream);
    }
}
