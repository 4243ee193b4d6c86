package io.tradosphere.messaging.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.messaging.realtime.MissedEvents.End;
import io.tradosphere.messaging.realtime.MissedEvents.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Reads that complete when a test says so. */
    private static final class HeldReads extends MissedEvents {

        private final List<CompletableFuture<List<Missed>>> reads = new ArrayList<>();

        HeldReads() {
            super(null);
        }

        @Override
        Uni<List<Missed>> read(List<EventStream> streams) {
            CompletableFuture<List<Missed>> read = new CompletableFuture<>();
            reads.add(read);
            return Uni.createFrom().completionStage(read);
        }
    }

    private final HeldReads missed = new HeldReads();
    private final EventStreams streams =
            new EventStreams(missed, new OpenStreams(new SimpleMeterRegistry(), Optional.of(3), 10));

    @Test
    void a_stop_refuses_streams_that_are_opening_and_those_that_come_later() {
        // Given
        CompletableFuture<End> opening = streams.admit(stream()).subscribeAsCompletionStage();

        // When
        streams.beforeStop().await().atMost(SOON);

        // Then
        assertThat(opening).isCompletedExceptionally();
        assertThatThrownBy(() -> streams.admit(stream()))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.SERVICE_UNAVAILABLE));
    }

    @Test
    void an_instance_takes_no_more_streams_than_it_can_keep_and_takes_one_for_each_that_ends() {
        // Given as many streams as it may have
        EventStream first = stream();
        admitted(first);
        admitted(stream());
        admitted(stream());
        EventStream refused = stream();

        // When there is another
        assertThatThrownBy(() -> streams.admit(refused))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.BUSY));
        streams.forget(refused);

        // Then it is refused until one of them ends
        assertThatThrownBy(() -> streams.admit(stream())).isInstanceOf(Problem.class);
        streams.forget(first);
        streams.forget(first);
        admitted(stream());
        assertThatThrownBy(() -> streams.admit(stream())).isInstanceOf(Problem.class);
    }

    @Test
    void nothing_reads_after_the_stop_when_the_database_is_closed() {
        // Given a read in progress, and a stream that waits for the next
        CompletableFuture<End> first = streams.admit(stream()).subscribeAsCompletionStage();
        CompletableFuture<End> second = streams.admit(stream()).subscribeAsCompletionStage();

        // When
        streams.beforeStop().await().atMost(SOON);
        missed.reads.get(0).completeExceptionally(new IllegalStateException("Pool closed"));
        streams.run().await().atMost(SOON);

        // Then
        assertThat(missed.reads).hasSize(1);
        assertThat(List.of(first, second)).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    private void admitted(EventStream stream) {
        CompletableFuture<End> opening = streams.admit(stream).subscribeAsCompletionStage();
        assertThat(opening).isNotCompletedExceptionally();
    }

    private static EventStream stream() {
        return new EventStream(UUID.randomUUID(), Instant.MAX, null, new ObjectMapper());
    }
}
