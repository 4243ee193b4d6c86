package io.tradosphere.stack.process;

import io.tradosphere.services.Services;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A child process in its own session. Ctrl-C in the terminal therefore reaches only the parent. The parent then stops
 * its children in the right order.
 */
public final class Child {

    private static final long LOG_KEPT = 10L * 1024 * 1024;
    private static final int LAST_ERROR_BYTES = 16 * 1024;

    private final Launch launch;
    private final Process process;
    private final ProcessIdentity identity;
    private final PidFile pidFile;
    private final long logStart;

    private Child(Launch launch, Process process, ProcessIdentity identity, PidFile pidFile, long logStart) {
        this.launch = launch;
        this.process = process;
        this.identity = identity;
        this.pidFile = pidFile;
        this.logStart = logStart;
    }

    /**
     * Starts a process and records it in a pid file.
     *
     * @param runFolder the folder of the pid files
     * @throws StackException when the program cannot be started
     */
    public static Child start(Launch launch, Path runFolder) {
        try {
            Files.createDirectories(launch.log().getParent());
            rotate(launch.log());
            long logStart = Files.exists(launch.log()) ? Files.size(launch.log()) : 0;
            List<String> command = new ArrayList<>(Session.OWN.prefix());
            command.addAll(launch.command());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
            // A secret in the launcher's shell is for the services that name it, and for nobody else.
            Services.all().forEach(service -> builder.environment().keySet().removeAll(service.secrets()));
            builder.environment().putAll(launch.environment());
            Process process = builder.start();
            // A process that has already ended has no identity. Its exit code is still available.
            ProcessIdentity identity =
                    ProcessIdentity.of(process.pid()).orElse(new ProcessIdentity(process.pid(), "ended at once"));
            PidFile pidFile = PidFile.in(runFolder, launch.name());
            pidFile.write(identity);
            return new Child(launch, process, identity, pidFile, logStart);
        } catch (IOException e) {
            throw new StackException("Cannot start " + launch.name() + ": " + e.getMessage(), e);
        }
    }

    /** How it was started. */
    public Launch launch() {
        return launch;
    }

    /** Its process. */
    public ProcessIdentity identity() {
        return identity;
    }

    /** Its process id. */
    public long pid() {
        return identity.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when it has ended. */
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Waits until the process is ready.
     *
     * @throws StackException when it ends instead, or takes longer; one line with its last error and its log file
     */
    public Child awaitReady(Duration atMost, BooleanSupplier ready) {
        boolean[] wasReady = {false};
        Waiting.until(atMost, () -> {
            wasReady[0] = ready.getAsBoolean();
            return wasReady[0] || !process.isAlive();
        });
        if (wasReady[0]) {
            return this;
        }
        if (!process.isAlive()) {
            pidFile.delete();
            throw new StackException(launch.name() + " ended with exit code " + process.exitValue() + lastError()
                    + "; its log is " + launch.log());
        }
        throw new StackException(launch.name() + " was not ready within " + atMost.toSeconds() + " s" + lastError()
                + "; its log is " + launch.log());
    }

    /**
     * Asks the process to stop, kills it after the grace period, and removes its pid file.
     *
     * @return false when it had to be killed
     */
    public boolean stop(Duration grace) {
        boolean polite = Signals.stop(identity, launch.polite(), grace);
        pidFile.delete();
        return polite;
    }

    /** Kills it with SIGKILL, as a fault would. */
    public void kill() {
        Signals.kill(identity);
    }

    /** The last error of its output: the root cause of a stack trace, else its last error, else its last line. */
    private String lastError() {
        try (RandomAccessFile log = new RandomAccessFile(launch.log().toFile(), "r")) {
            long from = Math.max(Math.min(logStart, log.length()), log.length() - LAST_ERROR_BYTES);
            byte[] tail = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(tail);
            List<String> lines = new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("..."))
                    .toList();
            return last(lines, "Caused by: ")
                    .or(() -> last(lines, "ERROR"))
                    .or(() -> last(lines, "FATAL"))
                    .or(() -> last(lines, ""))
                    .map(line -> " (" + line.substring(0, Math.min(line.length(), 300)) + ")")
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static Optional<String> last(List<String> lines, String holding) {
        return lines.stream().filter(line -> line.contains(holding)).reduce((first, second) -> second);
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_KEPT) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static java.io.File nothing() {
        return new java.io.File("/dev/null");
    }
}
