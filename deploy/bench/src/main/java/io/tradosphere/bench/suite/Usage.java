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

/** What processes use: those that serve with their children, such as PostgreSQL, and the clients without. */
public final class Usage {

    /** The name under which the whole machine's CPU time is given: what others use shows in it. */
    public static final String MACHINE = "machine";

    /** The name under which the load generator's own CPU time is given. */
    public static final String CLIENTS = "bench";

    private static final Path STAT = Path.of("/proc/stat");
    /** user, nice, system, irq, softirq and steal in the first line of {@link #STAT}, in hundredths of a second. */
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

    private final Map<String, Long> pids = new LinkedHashMap<>();

    /** Also looks at that process. */
    public Usage and(String name, long pid) {
        pids.put(name, pid);
        return this;
    }

    /** CPU time used so far, by name, in milliseconds; under {@link #MACHINE} that of the whole machine, where it tells. */
    public Map<String, Double> cpuMillis() {
        Map<String, Double> used = new LinkedHashMap<>();
        pids.forEach((name, pid) -> used.put(
                name,
                ProcessHandle.of(pid).map(process -> cpuMillis(name, process)).orElse(0.0)));
        machineMillis().ifPresent(millis -> used.put(MACHINE, millis));
        return used;
    }

    /** What was used between two readings, by name, in milliseconds. */
    public static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> used = new LinkedHashMap<>();
        before.forEach((name, earlier) -> used.put(name, after.get(name) - earlier));
        return used;
    }

    /** Memory held at present, by name, in MiB; the processes themselves, without children. */
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
