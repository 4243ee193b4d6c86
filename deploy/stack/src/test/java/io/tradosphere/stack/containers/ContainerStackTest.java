package io.tradosphere.stack.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerStackTest {

    @TempDir
    private Path folder;

    @Test
    void containers_that_end_at_once_are_reported_in_one_line_and_all_are_removed() {
        // given
        EndingContainers engine = new EndingContainers();

        // when, then
        assertThatThrownBy(() -> ContainerStack.start(engine, new Checkout(folder), Durability.FAST))
                .isInstanceOf(StackException.class)
                .hasMessageMatching("(postgres|kafka|keycloak) \\(.+:.+\\) ended; its log is "
                        + folder.resolve(".tradosphere/containers") + "/\\1.log");
        assertThat(engine.started)
                .containsExactlyInAnyOrder(Images.POSTGRES, Images.KAFKA, Images.KEYCLOAK)
                .containsExactlyInAnyOrderElementsOf(engine.removed);
    }

    /** An engine whose containers end as soon as they are started. */
    private static final class EndingContainers implements ContainerEngine {

        private final List<String> started = new CopyOnWriteArrayList<>();
        private final List<String> removed = new CopyOnWriteArrayList<>();

        @Override
        public void requireRunning() {}

        @Override
        public RunningContainer start(ContainerSpec spec, Path log) {
            started.add(spec.image());
            return new RunningContainer() {
                @Override
                public boolean isRunning() {
                    return false;
                }

                @Override
                public void close() {
                    removed.add(spec.image());
                }
            };
        }
    }
}
