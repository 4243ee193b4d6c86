package io.tradosphere.platform.telemetry;

import io.tradosphere.telemetry.Tracing;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creates the service's tracing by the standard variables of OpenTelemetry. */
@Singleton
class TracingProducer {

    @Produces
    @Singleton
    Tracing tracing(@ConfigProperty(name = "tradosphere.slice") String slice) {
        return Tracing.ofTheEnvironment(slice + "-service", System::getenv);
    }

    void close(@Disposes Tracing tracing) {
        tracing.close();
    }
}
