package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.cli.soak.KilledProcess;
import io.tradosphere.cli.soak.Soak;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Order(9)
class SoakTest {

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void no_acknowledged_request_is_lost_or_doubled_when_processes_are_killed_under_load() {
        assertThat(new Soak(SharedSuite.get(), SharedSuite.progress()).run(KilledProcess.supervised()))
                .isTrue();
    }
}
