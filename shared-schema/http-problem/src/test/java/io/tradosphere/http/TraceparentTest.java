package io.tradosphere.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-will-be-like"
            })
    void a_value_in_w3c_form_is_valid(String value) {
        assertThat(Traceparent.isValid(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x"
            })
    void anything_else_is_not(String value) {
        assertThat(Traceparent.isValid(value)).isFalse();
    }

    @Test
    void a_valid_context_is_honoured() {
        assertThat(Traceparent.honouring(VALID)).isEqualTo(VALID);
    }

    @Test
    void what_a_later_version_adds_is_dropped() {
        assertThat(Traceparent.honouring("cc" + VALID.substring(2) + "-what-the-future-will-be-like"))
                .isEqualTo(VALID);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "garbage", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    void anything_else_starts_a_new_trace(String received) {
        String started = Traceparent.honouring(received);

        assertThat(started).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").isNotEqualTo(received);
        assertThat(Traceparent.honouring(started)).isEqualTo(started);
    }

    @RepeatedTest(20)
    void a_new_trace_is_valid_and_unique() {
        assertThat(Traceparent.isValid(Traceparent.honouring(null))).isTrue();
        assertThat(Traceparent.honouring(null)).isNotEqualTo(Traceparent.honouring(null));
    }
}
