package io.tradosphere.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FastifyServiceTest {

    @Test
    void the_major_version_of_node_is_what_comes_before_the_first_dot() {
        assertThat(FastifyService.major("v20.20.2")).isEqualTo(20);
        assertThat(FastifyService.major("v8.0.0")).isEqualTo(8);
    }
}
