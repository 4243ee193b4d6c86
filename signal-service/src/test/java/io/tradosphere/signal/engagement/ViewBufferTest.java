package io.tradosphere.signal.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.signal.engagement.ViewBuffer.Batch;
import io.tradosphere.signal.engagement.ViewBuffer.Views;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewBufferTest {

    private static final Instant EARLIER = Instant.parse("2026-11-22T20:15:30Z");
    private static final Instant LATER = Instant.parse("2026-11-22T20:15:31Z");

    @Test
    void views_of_one_signal_are_summed_with_the_time_of_the_last() {
        ViewBuffer buffer = new ViewBuffer(1);
        UUID signal = UUID.randomUUID();

        buffer.add(signal, EARLIER);
        buffer.add(signal, LATER);
        buffer.seal();

        assertThat(buffer.next().orElseThrow().signals())
                .containsOnlyKeys(signal)
                .containsValue(new Views(2, LATER));
    }

    @Test
    void when_there_is_no_room_for_another_signal_those_that_have_room_still_count() {
        ViewBuffer buffer = new ViewBuffer(2);
        UUID known = UUID.randomUUID();

        assertThat(buffer.add(known, EARLIER)).isTrue();
        assertThat(buffer.add(UUID.randomUUID(), EARLIER)).isTrue();
        assertThat(buffer.add(UUID.randomUUID(), EARLIER)).isFalse();
        assertThat(buffer.add(known, LATER)).isTrue();
        buffer.seal();
        assertThat(buffer.add(UUID.randomUUID(), LATER)).isTrue();
    }

    @Test
    void a_batch_that_is_not_stored_stays_the_same_and_first_while_others_are_counted() {
        ViewBuffer buffer = new ViewBuffer(10);
        UUID signal = UUID.randomUUID();
        buffer.add(signal, EARLIER);
        buffer.seal();
        Batch first = buffer.next().orElseThrow();

        buffer.add(signal, LATER);
        buffer.seal();

        assertThat(buffer.next()).contains(first);
        assertThat(first.signals()).containsValue(new Views(1, EARLIER));
        buffer.stored(first);
        assertThat(buffer.next()).isEmpty();
        buffer.seal();
        assertThat(buffer.next().map(Batch::signals))
                .hasValueSatisfying(signals -> assertThat(signals).containsValue(new Views(1, LATER)));
    }

    @Test
    void many_signals_are_cut_into_batches_of_a_thousand() {
        ViewBuffer buffer = new ViewBuffer(5_000);
        IntStream.range(0, 2_500).forEach(i -> buffer.add(UUID.randomUUID(), EARLIER));

        buffer.seal();

        Set<UUID> signals = new HashSet<>();
        int batches = 0;
        for (Optional<Batch> batch = buffer.next(); batch.isPresent(); batch = buffer.next()) {
            assertThat(batch.get().signals()).hasSizeLessThanOrEqualTo(1_000);
            signals.addAll(batch.get().signals().keySet());
            buffer.stored(batch.get());
            batches++;
        }
        assertThat(batches).isEqualTo(3);
        assertThat(signals).hasSize(2_500);
    }
}
