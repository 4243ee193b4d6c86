package io.tradosphere.signal.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ViewerTest {

    private static final Viewer ANA = Viewer.person(UUID.randomUUID());
    private static final Viewer BOB = Viewer.address("203.0.113.7", "127.0.0.1");

    @Test
    void a_pseudonym_is_the_same_for_a_viewer_and_a_key_and_differs_otherwise() {
        byte[] key = {1, 2, 3};

        assertThat(ANA.pseudonym(key)).hasSize(16).isEqualTo(ANA.pseudonym(key.clone()));
        assertThat(ANA.pseudonym(key)).isNotEqualTo(BOB.pseudonym(key));
        assertThat(ANA.pseudonym(key)).isNotEqualTo(ANA.pseudonym(new byte[] {3, 2, 1}));
    }

    @Test
    void the_gateways_word_for_an_address_comes_before_the_connections_own() {
        assertThat(Viewer.address("203.0.113.7", "127.0.0.1")).isEqualTo(new Viewer("address", "203.0.113.7"));
        assertThat(Viewer.address(null, "127.0.0.1")).isEqualTo(new Viewer("address", "127.0.0.1"));
        assertThat(Viewer.address("7".repeat(5_000), "127.0.0.1")).isEqualTo(new Viewer("address", "127.0.0.1"));
    }
}
