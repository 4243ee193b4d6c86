package io.tradosphere.stack.process;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A module of this repository that is run as a JVM of its own, on its own class path.
 *
 * @param module its folder, such as {@code deploy/stack-kafka}
 * @param mainClass what is run
 */
public record JavaProgram(String module, String mainClass) {

    /** What every JVM of the suite is started with: a few cores and a few hundred megabytes are all it has. */
    public static final List<String> MODEST =
            List.of("-XX:+UseSerialGC", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8");

    /** What makes one compile quickly and no further: it comes up soon and stays small; its peak speed is the price. */
    public static final String COMPILE_QUICKLY = "-XX:TieredStopAtLevel=1";

    /** What a small JVM is started with. */
    public static final List<String> SMALL =
            Stream.concat(MODEST.stream(), Stream.of(COMPILE_QUICKLY)).toList();

    /**
     * The command that runs it with this JVM's own Java.
     *
     * @throws StackException when it isn't built; one line with the remedy
     */
    public List<String> command(Checkout checkout, List<String> jvmFlags, List<String> arguments) {
        Path target = checkout.resolve(module).resolve("target");
        if (!Files.isDirectory(target.resolve("classes")) || !Files.isDirectory(target.resolve("lib"))) {
            throw new StackException(
                    module + " is not built: build it with mvn -pl " + module + " -am -DskipTests process-classes.");
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

    /** The Java that this JVM is. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
