package io.tradosphere.gateway.telemetry;

import io.tradosphere.telemetry.Tracing;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the gateway's tracing by the standard variables of OpenTelemetry. */
@Singleton
class TracingProducer {

    @Produces
    @Singleton
    Tracing tracing() {
        return Tracing.ofTheEnvironment("gateway", System::getenv);
    }

    void close(@Disposes Tracing tracing) {
        tracing.close();
    }
}
