package io.tradosphere.platform.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;

/** Every service's entry: looks at what the operator has set before anything starts, and says in one line what is wrong. */
@QuarkusMain
public final class ServiceMain {

    private static final int MISCONFIGURED = 78; // EX_CONFIG of sysexits.h

    private ServiceMain() {}

    /** Starts the service, or ends with exit code 78 and one line when its configuration is wrong. */
    public static void main(String... arguments) {
        Optional<String> mistake = new Settings(System::getenv).mistake();
        if (mistake.isPresent()) {
            System.err.println("Not started: " + mistake.get());
            System.exit(MISCONFIGURED);
        }
        Quarkus.run(arguments);
    }
}
