package io.tradosphere.bench.report;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Properties of the machine that runs the benchmark. */
public final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private static final int FLUSHES = 500;
    /** PostgreSQL's page size. */
    private static final int PAGE = 8_192;

    private Machine() {}

    /** The load average of the last minute; negative when unavailable. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** How many files, and so connections, a process may have open. */
    public static int maxOpenFiles() {
        // A JVM raises its own limit to the highest that it may have.
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
                : 1_024;
    }

    /** The mean duration of a small write with a flush in that folder, in milliseconds. */
    public static double flushMillis(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "flush", null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long startedAt = System.nanoTime();
            for (int i = 0; i < FLUSHES; i++) {
                channel.write(ByteBuffer.allocate(PAGE), 0);
                channel.force(false);
            }
            return (System.nanoTime() - startedAt) / 1e6 / FLUSHES;
        } finally {
            Files.delete(file);
        }
    }

    static JsonObject describe() {
        return new JsonObject()
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("cpu", field(CPU, "model name"))
                .put("memory", field(MEMORY, "MemTotal"))
                .put(
                        "os",
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                                + System.getProperty("os.arch"))
                .put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    private static String field(Path file, String name) {
        if (!Files.exists(file)) {
            return null;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
