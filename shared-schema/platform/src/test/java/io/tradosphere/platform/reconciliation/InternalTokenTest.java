package io.tradosphere.platform.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class InternalTokenTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void only_the_whole_token_is_accepted() {
        InternalToken token = new InternalToken(Optional.of(SECRET));

        assertThat(token.isIn("Bearer " + SECRET)).isTrue();
        assertThat(token.isIn("Bearer " + SECRET + "0")).isFalse();
        assertThat(token.isIn("Bearer " + SECRET.substring(1))).isFalse();
        assertThat(token.isIn(SECRET)).isFalse();
        assertThat(token.isIn(null)).isFalse();
    }

    @Test
    void without_a_token_every_call_is_refused() {
        assertThat(new InternalToken(Optional.empty()).isIn("Bearer ")).isFalse();
        assertThat(new InternalToken(Optional.of(" ")).isIn("Bearer  ")).isFalse();
    }
}
