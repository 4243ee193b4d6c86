package io.tradosphere.stack.process;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A module of this repository that runs in its own JVM, with its own class path.
 *
 * @param module its folder, such as {@code deploy/stack-kafka}
 * @param mainClass the main class
 */
public record JavaProgram(String module, String mainClass) {

    /** The options of every JVM in the suite, for a few cores and a few hundred megabytes. */
    public static final List<String> MODEST =
            List.of("-XX:+UseSerialGC", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8");

    /** The option for the first compiler tier only: a fast start and little memory, at a lower peak speed. */
    public static final String COMPILE_QUICKLY = "-XX:TieredStopAtLevel=1";

    /** The options of a small JVM. */
    public static final List<String> SMALL =
            Stream.concat(MODEST.stream(), Stream.of(COMPILE_QUICKLY)).toList();

    /**
     * The command that runs the program with this JVM's Java.
     *
     * @throws StackException when the module isn't built; one line with the remedy
     */
    public List<String> command(Checkout checkout, List<String> jvmFlags, List<String> arguments) {
        Path target = checkout.resolve(module).resolve("target");
        if (!Files.isDirectory(target.resolve("classes")) || !Files.isDirectory(target.resolve("lib"))) {
            throw new StackException(
                    module + " is not built. Build it with: mvn -pl " + module + " -am -DskipTests process-classes.");
        }
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(jvmFlags);
        command.add("-cp");
        command.add(target.resolve("classes") + java.io.File.pathSeparator + target.resolve("lib") + "/*");
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** The path of this JVM's Java. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
