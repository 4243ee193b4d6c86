package io.tradosphere.stack.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.PortBinding;
import io.tradosphere.stack.containers.ContainerSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

class StartedContainerTest {

    private final ContainerSpec spec = new ContainerSpec(
            "postgres",
            "postgres:18",
            Map.of("POSTGRES_PASSWORD", "secret"),
            List.of("postgres", "-c", "fsync=off"),
            5432,
            20_001,
            Map.of("/etc/file.json", "{}"),
            1 << 20);

    @Test
    void testcontainers_is_told_all_that_the_spec_says() {
        GenericContainer<?> container = StartedContainer.container(spec);

        assertThat(container.getEnvMap()).isEqualTo(spec.environment());
        assertThat(container.getCommandParts()).containsExactlyElementsOf(spec.command());
        assertThat(container.getExposedPorts()).containsExactly(5432);
        assertThat(container.getShmSize()).isEqualTo(spec.sharedMemory());
    }

    @Test
    void the_port_is_open_on_this_machine_only() {
        assertThat(StartedContainer.binding(spec)).isEqualTo(PortBinding.parse("127.0.0.1:20001:5432"));
    }
}
