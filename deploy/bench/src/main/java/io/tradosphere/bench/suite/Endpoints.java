package io.tradosphere.bench.suite;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a running suite says of itself in {@code endpoints.env}.
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
     * The value of that name.
     *
     * @throws StackException when the suite says nothing of it; one line
     */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new StackException("The suite does not say its " + name + ": build both with ./tradosphere bench.");
        }
        return value;
    }

    /** The process id under that name, such as {@code SOCIAL_SERVICE_PID}. */
    public long pid(String name) {
        return Long.parseLong(get(name));
    }
}
