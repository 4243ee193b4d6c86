package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The addresses and pids of a running suite, from {@code endpoints.env}. A shell can source that file.
 *
 * @param values by name, such as {@code GATEWAY_URL}
 */
public record Endpoints(Map<String, String> values) {

    /** Copies the values and keeps their order. */
    public Endpoints {
        values = new LinkedHashMap<>(values);
    }

    /**
     * The endpoints of the running suite.
     *
     * @throws StackException when no suite is running; one line with the remedy
     */
    public static Endpoints ofRunning(DataFolder data) {
        if (PidFile.in(data.run(), SuiteLock.NAME).running().isEmpty()) {
            throw new StackException("TradoSphere is not running. Start it with: ./tradosphere up" + data.asOption());
        }
        if (!Files.exists(data.endpoints())) {
            throw new StackException("TradoSphere is still starting. Try again when it is ready.");
        }
        return read(data.endpoints());
    }

    /** Reads a file of {@code NAME=value} lines. */
    static Endpoints read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return new Endpoints(lines.filter(line -> line.contains("="))
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, LinkedHashMap::new)));
        } catch (IOException e) {
            throw new StackException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes the file so that only its owner can read it. */
    void write(Path file) {
        Folders.writePrivate(
                file,
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /**
     * One value.
     *
     * @throws StackException when the suite has no such value
     */
    public String get(String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(
                        () -> new StackException("The running suite has no " + name + ". Try again when it is ready."));
    }

    /** All values of a name that has one value for each replica. */
    public List<String> all(String name) {
        return List.of(get(name).split(",", -1));
    }
}
