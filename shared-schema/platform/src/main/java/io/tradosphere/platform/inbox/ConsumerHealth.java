package io.tradosphere.platform.inbox;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * A health check of the consumers, outside readiness and liveness: requests succeed without them, and a restart seldom helps. It is
 * down when a consumer group has made no progress in some partition for a minute.
 */
@Wellness
@ApplicationScoped
class ConsumerHealth implements HealthCheck {

    private static final Duration STALLED = Duration.ofMinutes(1);

    private final Consumers consumers;

    ConsumerHealth(Consumers consumers) {
        this.consumers = consumers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("consumers").up();
        for (GroupConsumer<?> consumer : consumers.all()) {
            consumer.longestFailure()
                    .filter(failure -> failure.age().compareTo(STALLED) > 0)
                    .ifPresent(failure -> response.down()
                            .withData(
                                    consumer.group(),
                                    "no progress in " + failure.where() + " for "
                                            + failure.age().toSeconds() + " s: " + failure.reason()));
        }
        return response.build();
    }
}
