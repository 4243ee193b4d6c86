package io.tradosphere.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Maven installation that the script {@code tradosphere} found. */
public final class Maven {

    private Maven() {}

    /** A Maven command line without download messages. */
    public static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Optional.ofNullable(System.getenv("TRADOSPHERE_MVN")).orElse("mvn"));
        command.addAll(List.of("-B", "-ntp"));
        command.addAll(arguments);
        return command;
    }

    /** The environment for Maven: the JDK that runs this program. */
    public static Map<String, String> environment() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }
}
