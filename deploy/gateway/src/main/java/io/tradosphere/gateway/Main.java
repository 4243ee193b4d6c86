package io.tradosphere.gateway;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the gateway. */
@QuarkusMain
public class Main {

    private Main() {}

    /**
     * Starts the gateway, and returns when it has been shut down.
     *
     * @param arguments none
     */
    public static void main(String... arguments) {
        // Quarkus would parse each target and answer a bad one without saying why; RawPath is stricter, and says so.
        System.setProperty("vertx.disableURIValidation", "true");
        Quarkus.run(arguments);
    }
}
