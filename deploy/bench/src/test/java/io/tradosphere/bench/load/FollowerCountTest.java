package io.tradosphere.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class FollowerCountTest {

    @Test
    void the_count_is_read_out_of_a_profile() {
        assertThat(FollowerCount.in(Buffer.buffer("{\"stats\":{\"followerCount\":1042,\"subscriberCount\":3}}")))
                .isEqualTo(1042);
    }

    @Test
    void a_profile_without_a_count_is_an_error() {
        assertThatThrownBy(() -> FollowerCount.in(Buffer.buffer("{}"))).hasMessageContaining("No followerCount");
    }
}
