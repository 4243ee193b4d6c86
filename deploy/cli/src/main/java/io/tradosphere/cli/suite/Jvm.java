package io.tradosphere.cli.suite;

import io.tradosphere.stack.process.JavaProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the services' JVMs. */
final class Jvm {

    private static final String LOG_MANAGER = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";

    private Jvm() {}

    /**
     * The command that runs a packaged service.
     *
     * @param production whether the JVM uses all compiler tiers
     */
    static List<String> command(Path jar, boolean production) {
        List<String> command = new ArrayList<>();
        command.add(JavaProgram.java());
        command.addAll(JavaProgram.MODEST);
        command.add(LOG_MANAGER);
        if (production) {
            command.addAll(List.of("-Xms128m", "-Xmx256m"));
        } else {
            command.addAll(List.of(
                    JavaProgram.COMPILE_QUICKLY,
                    "-Xms32m",
                    "-Xmx128m",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=30",
                    "-XX:MaxDirectMemorySize=64m"));
        }
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
