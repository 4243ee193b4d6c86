package io.tradosphere.platform.service;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * A readiness check of the database. Kafka is not checked: without it requests still succeed, and their events wait in the outbox.
 */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {

    private static final String NAME = "database";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final SliceDatabase slice;

    DatabaseReady(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return slice.publicRead("SELECT 1")
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(rows -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down(NAME));
    }
}
