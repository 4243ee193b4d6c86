package io.tradosphere.platform.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.kafka.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Starts a consumer for every effect of the service, and stops them all before the service goes. */
@ApplicationScoped
class Consumers {

    private final List<GroupConsumer<?>> consumers;

    Consumers(
            @Any Instance<Effect<?>> effects,
            Slice slice,
            KafkaSettings settings,
            DeadLetterOffice deadLetters,
            MeterRegistry metrics) {
        consumers = effects.stream()
                .<GroupConsumer<?>>map(effect -> new GroupConsumer<>(effect, slice, settings, deadLetters, metrics))
                .toList();
    }

    void start(@Observes StartupEvent started) {
        consumers.forEach(GroupConsumer::start);
    }

    void stop(@Observes ShutdownEvent stopped) {
        consumers.forEach(GroupConsumer::requestStop);
        consumers.forEach(GroupConsumer::awaitStop);
    }
}
