package io.tradosphere.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.test.SliceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work of a slice that takes many transactions. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class WorkInPartsTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @Inject
    Slice slice;

    @Test
    void work_comes_to_its_end_however_many_parts_it_takes() {
        int parts = 30_000;
        AtomicInteger done = new AtomicInteger();

        slice.workInParts(tx -> Uni.createFrom().item(done.incrementAndGet() < parts))
                .await()
                .atMost(SOON);

        assertThat(done).hasValue(parts);
    }

    @Test
    void a_part_that_fails_is_the_last() {
        AtomicInteger done = new AtomicInteger();

        assertThatThrownBy(() -> slice.workInParts(tx -> done.incrementAndGet() < 3
                                ? Uni.createFrom().item(true)
                                : tx.execute("SELECT 1 / 0").replaceWith(true))
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("division by zero");

        assertThat(done).hasValue(3);
    }
}
