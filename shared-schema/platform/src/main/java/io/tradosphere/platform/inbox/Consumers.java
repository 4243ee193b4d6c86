package io.tradosphere.platform.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.kafka.KafkaSettings;
import io.tradosphere.platform.kafka.TopicNames;
import io.tradosphere.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Starts one Kafka consumer for every event consumer of the service, and stops them at shutdown. */
@ApplicationScoped
class Consumers {

    private final List<GroupConsumer<?>> consumers;

    Consumers(
            @Any Instance<EventConsumer<?>> eventConsumers,
            SliceDatabase slice,
            KafkaSettings settings,
            TopicNames names,
            DeadLetterQueue deadLetters,
            MeterRegistry metrics,
            Tracing tracing) {
        consumers = eventConsumers.stream()
                .<GroupConsumer<?>>map(eventConsumer ->
                        new GroupConsumer<>(eventConsumer, slice, settings, names, deadLetters, metrics, tracing))
                .toList();
    }

    List<GroupConsumer<?>> all() {
        return consumers;
    }

    void start(@Observes StartupEvent started) {
        consumers.forEach(GroupConsumer::start);
    }

    void stop(@Observes ShutdownEvent stopped) {
        consumers.forEach(GroupConsumer::requestStop);
        consumers.forEach(GroupConsumer::awaitStop);
    }
}
