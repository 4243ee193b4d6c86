package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.soak.RollingSoak;
import io.tradosphere.cli.suite.DedicatedSuite;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.process.Ports;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rolling restart of every service, on a suite of its own with two processes of each. */
@Order(20)
@Tag("full")
class RollingTest {

    private static final int CLIENTS = 8;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void every_process_of_every_service_is_replaced_under_load_without_a_failed_request() {
        // Given
        DataFolder data =
                new DataFolder(Checkout.find(), Path.of("target/rolling-suite").toAbsolutePath());
        try (DedicatedSuite suite = new DedicatedSuite(data, new Ports().any(), 2, SharedSuite.progress())) {
            suite.start(true);
            // When
            boolean good = new RollingSoak(suite, SharedSuite.progress(), CLIENTS).run();
            // Then
            assertThat(good).isTrue();
        }
    }
}
