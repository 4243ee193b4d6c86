package io.tradosphere.platform.service;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means that the database answers. Kafka is left out on purpose: without it requests go on and their events wait in the
 * outbox.
 */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {

    private static final String NAME = "database";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Slice slice;

    DatabaseReady(Slice slice) {
        this.slice = slice;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return slice.publicRead("SELECT 1")
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(rows -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down(NAME));
    }
}
