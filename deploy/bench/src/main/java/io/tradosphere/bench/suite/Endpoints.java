package io.tradosphere.bench.suite;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contents of a running suite's {@code endpoints.env}.
 *
 * @param values by name, such as {@code GATEWAY_URL}
 */
public record Endpoints(Map<String, String> values) {

    /** Reads the file. */
    static Endpoints read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return new Endpoints(lines.filter(line -> line.contains("="))
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        } catch (IOException e) {
            throw new StackException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The value with that name.
     *
     * @throws StackException when it is missing; the message is one line
     */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new StackException(
                    "The suite's endpoints.env has no " + name + ": rebuild the suite with ./tradosphere bench.");
        }
        return value;
    }

    /** The process id with that name, such as {@code SOCIAL_SERVICE_PID}. */
    public long pid(String name) {
        return Long.parseLong(get(name));
    }
}
