package io.tradosphere.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Maven that the script found. */
public final class Maven {

    private Maven() {}

    /** A command line of it, quiet about downloads. */
    public static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Optional.ofNullable(System.getenv("TRADOSPHERE_MVN")).orElse("mvn"));
        command.addAll(List.of("-B", "-ntp"));
        command.addAll(arguments);
        return command;
    }

    /** What it finds in its environment: the same JDK. */
    public static Map<String, String> environment() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }
}
