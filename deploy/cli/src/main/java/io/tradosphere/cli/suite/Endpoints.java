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
 * What a running suite opened, as {@code endpoints.env} says it: a shell can source it.
 *
 * @param values by name, such as {@code GATEWAY_URL}
 */
public record Endpoints(Map<String, String> values) {

    /** Keeps its own copy, in order. */
    public Endpoints {
        values = new LinkedHashMap<>(values);
    }

    /**
     * Those of the running suite.
     *
     * @throws StackException when none is running; one line with the remedy
     */
    public static Endpoints ofRunning(DataFolder data) {
        if (PidFile.in(data.run(), SuiteLock.NAME).running().isEmpty()) {
            throw new StackException("TradoSphere is not running; start it with: ./tradosphere up" + data.asOption());
        }
        if (!Files.exists(data.endpoints())) {
            throw new StackException("TradoSphere is still starting; try again when it says that it is ready.");
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

    /** Writes it so that its owner alone may read it. */
    void write(Path file) {
        Folders.writePrivate(
                file,
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /**
     * One of them.
     *
     * @throws StackException when the suite doesn't say
     */
    public String get(String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new StackException("The running suite has no " + name + ": is it still starting?"));
    }

    /** One with replicas: all their values. */
    public List<String> all(String name) {
        return List.of(get(name).split(",", -1));
    }
}
