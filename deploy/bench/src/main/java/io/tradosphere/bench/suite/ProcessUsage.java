package io.tradosphere.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** CPU and memory usage of processes. Servers include their children, such as PostgreSQL's backends; the clients do not. */
public final class ProcessUsage {

    /** The name of the whole machine's CPU time, which shows the usage of other programs. */
    public static final String MACHINE = "machine";

    /** The name of the load generator's CPU time. */
    public static final String CLIENTS = "bench";

    private static final Path STAT = Path.of("/proc/stat");
    /** user, nice, system, irq, softirq and steal in the first line of {@link #STAT}, in hundredths of a second. */
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

    private final Map<String, Long> pids = new LinkedHashMap<>();

    /** Adds a process. */
    public ProcessUsage and(String name, long pid) {
        pids.put(name, pid);
        return this;
    }

    /** CPU time so far, by name, in milliseconds. {@link #MACHINE} is included where the system reports it. */
    public Map<String, Double> cpuMillis() {
        Map<String, Double> used = new LinkedHashMap<>();
        pids.forEach((name, pid) -> used.put(
                name,
                ProcessHandle.of(pid).map(process -> cpuMillis(name, process)).orElse(0.0)));
        machineMillis().ifPresent(millis -> used.put(MACHINE, millis));
        return used;
    }

    /** The CPU time between two readings, by name, in milliseconds. */
    public static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> used = new LinkedHashMap<>();
        before.forEach((name, earlier) -> used.put(name, after.get(name) - earlier));
        return used;
    }

    /** Current resident memory, by name, in MiB, without children. */
    public Map<String, Double> residentMiB() {
        Map<String, Double> held = new LinkedHashMap<>();
        pids.forEach((name, pid) -> held.put(name, residentKiB(pid) / 1024.0));
        return held;
    }

    private static double cpuMillis(String name, ProcessHandle process) {
        // The trigger design's processes are children of this one.
        Stream<ProcessHandle> children = name.equals(CLIENTS) ? Stream.empty() : process.descendants();
        return Stream.concat(Stream.of(process), children)
                .mapToDouble(one ->
                        one.info().totalCpuDuration().map(Duration::toMillis).orElse(0L))
                .sum();
    }

    private static Optional<Double> machineMillis() {
        if (!Files.exists(STAT)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(STAT)) {
            String[] ticks = lines.findFirst().orElseThrow().split(" +");
            double sum = 0;
            for (int column : BUSY) {
                sum += Double.parseDouble(ticks[column]) * 10;
            }
            return Optional.of(sum);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + STAT, e);
        }
    }

    private static long residentKiB(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", "" + pid).start();
            return Long.parseLong(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run ps", e);
        }
    }
}
