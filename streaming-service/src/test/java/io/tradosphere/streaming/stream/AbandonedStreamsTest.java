package io.tradosphere.streaming.stream;

import static io.tradosphere.streaming.StreamSteps.SOON;
import static io.tradosphere.streaming.StreamSteps.creator;
import static io.tradosphere.streaming.StreamSteps.letBroadcasterBeSilent;
import static io.tradosphere.streaming.StreamSteps.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.streaming.StreamEnd;
import io.tradosphere.contracts.streaming.StreamEnded;
import io.tradosphere.streaming.AgoraFake;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
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
class AbandonedStreamsTest {

    @Inject
    AbandonedStreams job;

    @Test
    void a_stream_that_nobody_feeds_for_two_minutes_ends_as_error_once() {
        TestUser alice = creator();
        UUID stream = live(alice);
        letBroadcasterBeSilent(stream, 121);
        Callable<Boolean> run = () -> {
            job.run().await().atMost(SOON);
            return true;
        };

        Concurrently.run(Collections.nCopies(3, run));

        assertThat(status(stream)).isEqualTo("error");
        StreamEnded ended = PublishedEvents.exactly(
                        Topic.STREAMS, stream.toString(), "streaming.started", "streaming.ended")
                .event(1, StreamEnded.class);
        assertThat(ended.end()).isEqualTo(StreamEnd.ERROR);
        assertThat(live(alice)).as("another one can begin").isNotEqualTo(stream);
    }

    @Test
    void a_stream_with_a_sign_in_the_last_two_minutes_goes_on() {
        UUID stream = live(creator());
        letBroadcasterBeSilent(stream, 90);

        job.run().await().atMost(SOON);

        assertThat(status(stream)).isEqualTo("live");
    }

    private static String status(UUID stream) {
        return TestUser.nobody().get("/v1/streams/{id}", stream).path("status");
    }
}
