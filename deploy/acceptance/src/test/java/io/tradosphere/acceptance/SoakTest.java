package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.cli.soak.Soak;
import io.tradosphere.cli.soak.Victim;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(9)
class SoakTest {

    @Test
    void nothing_that_was_acknowledged_is_lost_or_doubled_when_processes_are_killed_in_mid_storm() {
        assertThat(new Soak(TheSuite.get(), TheSuite.progress()).run(Victim.supervised()))
                .isTrue();
    }
}
