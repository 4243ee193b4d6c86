package io.tradosphere.gateway;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tradosphere.services.InvalidDescriptionException;
import io.tradosphere.services.Services;
import io.tradosphere.telemetry.LogSettings;

/** Starts the gateway. */
@QuarkusMain
public class Main {

    private static final int MISCONFIGURED = 78; // EX_CONFIG of sysexits.h, as the services

    private Main() {}

    /**
     * Starts the gateway. Returns when it has been shut down.
     *
     * @param arguments none
     */
    public static void main(String... arguments) {
        // Quarkus would parse each target and refuse a bad one without an explanation. RawPath is stricter and
        // explains.
        System.setProperty("vertx.disableURIValidation", "true");
        // Lets Netty find ConnectionLimits.
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        try {
            Services.all();
        } catch (InvalidDescriptionException wrong) {
            stop(wrong.getMessage());
        }
        LogSettings log = new LogSettings(System::getenv);
        log.error().ifPresent(Main::stop);
        log.properties().forEach(System::setProperty);
        Quarkus.run(arguments);
    }

    private static void stop(String wrong) {
        System.err.println(wrong);
        System.exit(MISCONFIGURED);
    }
}
