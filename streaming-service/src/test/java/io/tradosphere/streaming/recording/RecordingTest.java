package io.tradosphere.streaming.recording;

import static io.tradosphere.streaming.StreamSteps.SOON;
import static io.tradosphere.streaming.StreamSteps.creator;
import static io.tradosphere.streaming.StreamSteps.end;
import static io.tradosphere.streaming.StreamSteps.live;
import static io.tradosphere.streaming.StreamSteps.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.agora.media.AccessToken2;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.streaming.AgoraFake;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class RecordingTest {

    @Inject
    RecordingJob job;

    @Test
    void a_creator_records_a_live_stream_and_stops() {
        TestUser alice = creator();
        UUID stream = live(alice);

        String recording = record(alice, stream);

        assertThat(AgoraFake.runs(recording)).isTrue();
        assertThat(Sql.asSuperuser().column("SELECT agora_recording_id FROM streams WHERE id = ?", stream))
                .containsExactly(recording);
        stop(alice, stream).then().statusCode(204);
        stop(alice, stream).then().statusCode(204);
        await().atMost(SOON).until(() -> !AgoraFake.runs(recording));
        awaitStatus(stream, "stopped");
        assertThat(record(alice, stream)).as("another one").isNotEqualTo(recording);
    }

    @Test
    void agoras_recorder_gets_a_viewers_token_and_where_to_store() {
        TestUser alice = creator();

        record(alice, live(alice));

        AccessToken2 token = new AccessToken2();
        assertThat(token.parse(
                        AgoraFake.lastStart().getJsonObject("clientRequest").getString("token")))
                .isTrue();
        AccessToken2.ServiceRtc service = (AccessToken2.ServiceRtc) token.services.get(AccessToken2.SERVICE_TYPE_RTC);
        assertThat(service.getPrivileges()).containsOnlyKeys((short) 1);
        assertThat(service.getUid()).isEqualTo(AgoraFake.lastStart().getString("uid"));
        assertThat(AgoraFake.lastStart()
                        .getJsonObject("clientRequest")
                        .getJsonObject("storageConfig")
                        .getString("bucket"))
                .isEqualTo("recordings");
    }

    @Test
    void only_the_creator_records_and_only_once_at_a_time() {
        TestUser alice = creator();
        UUID stream = live(alice);
        Callable<Integer> start = () -> start(alice, stream).statusCode();

        assertThat(Concurrently.run(Collections.nCopies(5, start)))
                .containsOnly(201, 409)
                .containsOnlyOnce(201);

        start(alice, stream).then().statusCode(409).body("type", containsString("/already-recording"));
        start(viewer(), stream).then().statusCode(403);
        stop(viewer(), stream).then().statusCode(403);
        start(alice, UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void a_repeated_start_is_the_same_recording() {
        TestUser alice = creator();
        UUID stream = live(alice);
        int before = AgoraFake.starts();

        Response first = startWithKey(alice, stream);
        Response second = startWithKey(alice, stream);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.<String>path("agoraRecordingId")).isEqualTo(first.path("agoraRecordingId"));
        assertThat(AgoraFake.starts()).isEqualTo(before + 1);
    }

    @Test
    void the_recording_of_a_stream_that_has_ended_is_stopped_also_when_agora_was_away() {
        TestUser alice = creator();
        UUID stream = live(alice);
        String recording = record(alice, stream);

        AgoraFake.whileFailing(503, () -> {
            end(alice, stream);
            job.run().await().atMost(SOON);
            // The scheduled run may have been first.
            await().atMost(SOON).until(() -> AgoraFake.hasFailed(recording));
            assertThat(AgoraFake.runs(recording)).isTrue();
        });
        Sql.asSuperuser().execute("UPDATE streams SET recording_due_at = now() WHERE id = ?", stream);

        await().atMost(SOON).until(() -> !AgoraFake.runs(recording));
        awaitStatus(stream, "stopped");
    }

    @Test
    void a_recording_that_agora_has_ended_can_be_started_again() {
        TestUser alice = creator();
        UUID stream = live(alice);
        AgoraFake.end(record(alice, stream));
        Sql.asSuperuser().execute("UPDATE streams SET recording_due_at = now() WHERE id = ?", stream);

        job.run().await().atMost(SOON);

        awaitStatus(stream, "stopped");
        record(alice, stream);
    }

    @Test
    void without_agora_nothing_is_recorded_and_the_next_attempt_is_free() {
        TestUser alice = creator();
        UUID stream = live(alice);

        AgoraFake.whileFailing(
                500,
                () -> start(alice, stream)
                        .then()
                        .statusCode(503)
                        .header("Retry-After", equalTo("5"))
                        .body("type", containsString("/agora-away")));
        AgoraFake.whileFailing(
                400, () -> start(alice, stream).then().statusCode(409).body("type", containsString("/agora-refused")));

        record(alice, stream);
    }

    private static String record(TestUser creator, UUID stream) {
        return start(creator, stream).then().statusCode(201).extract().path("agoraRecordingId");
    }

    private static Response start(TestUser person, UUID stream) {
        return person.asking().post("/v1/streams/{id}/recording", stream);
    }

    private static Response startWithKey(TestUser person, UUID stream) {
        return person.asking().header("Idempotency-Key", "the same").post("/v1/streams/{id}/recording", stream);
    }

    private static Response stop(TestUser person, UUID stream) {
        return person.asking().delete("/v1/streams/{id}/recording", stream);
    }

    private static void awaitStatus(UUID stream, String status) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT recording_status FROM streams WHERE id = ?", stream)
                        .contains(status));
    }
}
