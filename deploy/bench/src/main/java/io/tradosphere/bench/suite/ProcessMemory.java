package io.tradosphere.bench.suite;

import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The memory of a process.
 *
 * @param heapBytes objects that are reachable in a JVM's heap, after a collection; 0 for another program
 * @param residentBytes its part of the machine's memory with its children; what processes share is divided among them
 */
public record ProcessMemory(long heapBytes, long residentBytes) {

    /** Reads the memory of a JVM, after a full collection. */
    public static ProcessMemory ofJvm(long pid) {
        String jcmd = Path.of(JavaProgram.java()).resolveSibling("jcmd").toString();
        List<String> histogram = run(jcmd, String.valueOf(pid), "GC.class_histogram");
        String[] total = histogram.get(histogram.size() - 1).strip().split(" +");
        if (!total[0].equals("Total")) {
            throw new StackException("jcmd printed no total of process " + pid + ": " + histogram);
        }
        return new ProcessMemory(Long.parseLong(total[2]), resident(pid));
    }

    /** Reads the memory of another program and its children. */
    public static ProcessMemory of(long pid) {
        return new ProcessMemory(0, resident(pid));
    }

    private static long resident(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow(() -> new StackException(pid + " has ended."));
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(each -> proportional(each.pid()))
                .sum();
    }

    private static long proportional(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the memory of process " + pid, e);
        }
    }

    private static List<String> run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command[0], e);
        }
    }
}
