package io.tradosphere.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.test.SliceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work of a slice in several transactions. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class AsWorkerInBatchesTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @Inject
    SliceDatabase slice;

    @Test
    void work_completes_in_any_number_of_batches() {
        int parts = 30_000;
        AtomicInteger done = new AtomicInteger();

        slice.asWorkerInBatches(tx -> Uni.createFrom().item(done.incrementAndGet() < parts))
                .await()
                .atMost(SOON);

        assertThat(done).hasValue(parts);
    }

    @Test
    void a_batch_that_fails_is_the_last() {
        AtomicInteger done = new AtomicInteger();

        assertThatThrownBy(() -> slice.asWorkerInBatches(tx -> done.incrementAndGet() < 3
                                ? Uni.createFrom().item(true)
                                : tx.execute("SELECT 1 / 0").replaceWith(true))
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("division by zero");

        assertThat(done).hasValue(3);
    }
}
