package io.tradosphere.stack.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The broker's command line. */
record Arguments(BrokerSettings settings, Optional<ProcessHandle> exitWith) {

    private static final String USAGE =
            "usage: --data DIR --port N --controller-port N [--exit-with PID] [--settings FILE]";

    /**
     * Reads {@code --name value} pairs.
     *
     * @throws IllegalArgumentException when one is missing or unknown, with the usage
     */
    static Arguments parse(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            given.put(args[i], args[i + 1]);
        }
        BrokerSettings settings = new BrokerSettings(
                Path.of(required(given, "--data")),
                Integer.parseInt(required(given, "--port")),
                Integer.parseInt(required(given, "--controller-port")),
                Optional.ofNullable(given.get("--settings")).map(Path::of));
        Optional<ProcessHandle> exitWith = Optional.ofNullable(given.get("--exit-with"))
                .map(Long::parseLong)
                .map(pid -> ProcessHandle.of(pid)
                        .orElseThrow(() -> new IllegalArgumentException("process " + pid + " is gone already")));
        return new Arguments(settings, exitWith);
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing. " + USAGE);
        }
        return value;
    }
}
