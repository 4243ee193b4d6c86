package io.tradosphere.platform.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.buffer.WriteBuffer.Batch;
import io.tradosphere.platform.buffer.WriteBuffer.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriteBufferTest {

    private final List<Batch<String, Integer>> stored = new ArrayList<>();

    @Test
    void a_key_is_stored_once_with_what_its_values_make_together() {
        WriteBuffer<String, Integer> buffer = new WriteBuffer<>(2, 1_000, Integer::sum);

        buffer.add("ana", 1);
        buffer.add("ana", 2);
        buffer.add("bob", 4);
        flush(buffer);

        assertThat(stored.get(0).entries()).containsExactly(new Entry<>("ana", 3), new Entry<>("bob", 4));
    }

    @Test
    void a_full_buffer_takes_only_keys_that_are_already_in_it() {
        WriteBuffer<String, Integer> buffer = new WriteBuffer<>(2, 1_000, Integer::sum);

        assertThat(buffer.add("ana", 1)).isTrue();
        assertThat(buffer.add("bob", 1)).isTrue();
        assertThat(buffer.add("carol", 1)).isFalse();
        assertThat(buffer.add("ana", 1)).isTrue();
        flush(buffer);
        assertThat(buffer.add("carol", 1)).isTrue();
    }

    @Test
    void a_batch_that_is_not_stored_stays_the_same_and_first_while_others_are_taken() {
        WriteBuffer<String, Integer> buffer = new WriteBuffer<>(10, 1_000, Integer::sum);
        buffer.add("ana", 1);
        List<UUID> tried = new ArrayList<>();

        assertThatThrownBy(() -> buffer.flush(batch -> {
                            tried.add(batch.id());
                            return Uni.createFrom().failure(new IllegalStateException("away"));
                        })
                        .await()
                        .indefinitely())
                .hasMessage("away");
        buffer.add("ana", 2);
        flush(buffer);
        flush(buffer);

        assertThat(stored)
                .extracting(Batch::entries)
                .containsExactly(List.of(new Entry<>("ana", 1)), List.of(new Entry<>("ana", 2)));
        assertThat(stored.get(0).id()).isEqualTo(tried.get(0));
    }

    @Test
    void many_entries_are_cut_into_batches_of_a_thousand() {
        WriteBuffer<String, Integer> buffer = new WriteBuffer<>(5_000, 1_000, Integer::sum);
        IntStream.range(0, 2_500).forEach(i -> buffer.add("person " + i, 1));

        flush(buffer);

        assertThat(stored).extracting(batch -> batch.entries().size()).containsExactly(1_000, 1_000, 500);
        assertThat(stored.stream()
                        .flatMap(batch -> batch.entries().stream())
                        .map(Entry::key)
                        .distinct())
                .hasSize(2_500);
    }

    private void flush(WriteBuffer<String, Integer> buffer) {
        buffer.flush(batch -> {
                    stored.add(batch);
                    return Uni.createFrom().voidItem();
                })
                .await()
                .indefinitely();
    }
}
