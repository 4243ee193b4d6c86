package io.tradosphere.stack.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.stack.StackException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokensTest {

    @Test
    void a_name_always_has_the_same_id() {
        UUID alice = Tokens.profileId("alice");
        assertThat(alice).isEqualTo(Tokens.profileId("alice")).isNotEqualTo(Tokens.profileId("bob"));
        assertThat(alice.version()).isEqualTo(5);
        assertThat(alice.variant()).isEqualTo(2);
    }

    @Test
    void an_id_is_itself() {
        UUID id = UUID.randomUUID();
        assertThat(Tokens.profileId(id.toString())).isEqualTo(id);
    }

    @Test
    void a_missing_provider_is_reported_in_one_line() {
        assertThatThrownBy(() -> new Tokens("http://127.0.0.1:1/tradosphere").token("a", List.of()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Is the suite up?");
    }
}
