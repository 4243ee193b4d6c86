package io.tradosphere.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void a_valid_context_is_honoured() {
        assertThat(Traceparent.honouring(VALID)).isEqualTo(VALID);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "garbage",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01"
            })
    void anything_else_starts_a_new_trace(String received) {
        String started = Traceparent.honouring(received);

        assertThat(started).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00").isNotEqualTo(received);
        assertThat(Traceparent.honouring(started)).isEqualTo(started);
    }
}
