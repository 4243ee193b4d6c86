package io.tradosphere.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Steps that the tests of streams share. */
public final class StreamSteps {

    /** Longer than anything takes that happens soon. */
    public static final Duration SOON = Duration.ofSeconds(30);

    private StreamSteps() {}

    /** A person whose tier allows them to stream. */
    public static TestUser creator() {
        return KnownProfiles.of(Tier.ELITE);
    }

    /** A person who watches. */
    public static TestUser viewer() {
        return KnownProfiles.of(Tier.FREE);
    }

    /** The fields of a new stream. */
    public static Map<String, Object> fields() {
        return new HashMap<>(Map.of("title", "Bitcoin, live", "category", "analysis", "currentSymbol", "btc/usd"));
    }

    /** Starts a stream, which must succeed. */
    public static JsonPath start(TestUser creator) {
        return creator.asking()
                .body(fields())
                .post("/v1/streams")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    /** The id of a stream that has just been started. */
    public static UUID live(TestUser creator) {
        return UUID.fromString(start(creator).getString("id"));
    }

    /** Sends a heartbeat; returns the status. */
    public static int watch(TestUser person, UUID stream) {
        return person.asking().post("/v1/streams/{id}/viewers", stream).statusCode();
    }

    /** Ends a stream, which must succeed. */
    public static void end(TestUser creator, UUID stream) {
        creator.asking().post("/v1/streams/{id}/end", stream).then().statusCode(200);
    }

    /** Waits until the stream has these numbers of current, peak and total viewers. */
    public static void awaitViewers(UUID stream, long current, long peak, long total) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(viewers(stream)).isEqualTo("%d %d %d".formatted(current, peak, total)));
    }

    /** The stream's current, peak and total viewers, as the API shows them. */
    public static String viewers(UUID stream) {
        JsonPath shown = TestUser.nobody().get("/v1/streams/{id}", stream).jsonPath();
        return shown.getLong("currentViewers") + " " + shown.getLong("peakViewers") + " "
                + shown.getLong("totalViewers");
    }

    /** Sets the last heartbeats at a stream back to that many seconds ago. */
    public static void letViewersBeSilent(UUID stream, int seconds) {
        Sql.asSuperuser()
                .execute(
                        "UPDATE stream_viewers SET last_seen_at = now() - make_interval(secs => ?) WHERE stream_id = ?",
                        seconds,
                        stream);
    }

    /** Sets the last sign of the broadcaster back to that many seconds ago. */
    public static void letBroadcasterBeSilent(UUID stream, int seconds) {
        Sql.asSuperuser()
                .execute("UPDATE streams SET fed_at = now() - make_interval(secs => ?) WHERE id = ?", seconds, stream);
    }
}
