package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Main;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Signals;
import io.tradosphere.stack.process.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the suite in a background launcher. */
final class DetachedLauncher {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private DetachedLauncher() {}

    /**
     * Runs the same command without {@code --detach} in the background. Prints its output until the suite is ready.
     *
     * @param environment variables of the suite's processes, added to this process' own
     * @return 0 when the suite is ready, 1 when the launcher ended first
     */
    static int start(DataFolder data, List<String> arguments, Map<String, String> environment, Progress progress) {
        Path log = data.logs().resolve(SuiteLock.NAME + ".log");
        Folders.delete(data.endpoints());
        long from = size(log);
        List<String> command = new ArrayList<>(List.of(
                JavaProgram.java(),
                "-Xmx96m",
                "-Dtradosphere.home=" + data.checkout().root()));
        command.addAll(JavaProgram.SMALL);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        arguments.stream().filter(argument -> !argument.equals("--detach")).forEach(command::add);
        Child child =
                Child.start(new Launch(SuiteLock.NAME, command, environment, log, Signals.Polite.TERM), data.run());
        Tail tail = new Tail(log, from, progress);
        boolean decided = Waiting.until(LONGEST, () -> {
            tail.passOn();
            return !child.isAlive() || Files.exists(data.endpoints());
        });
        Waiting.until(Duration.ofSeconds(1), () -> tail.passOn() && !child.isAlive());
        if (!decided) {
            child.stop(Duration.ofMinutes(1));
            throw new StackException(
                    "The suite was not ready within " + LONGEST.toMinutes() + " minutes; its log is " + log);
        }
        return child.isAlive() ? 0 : 1;
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new StackException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Prints each complete line that is appended to a file. */
    private static final class Tail {
        private final Path file;
        private final Progress progress;
        private long at;

        Tail(Path file, long from, Progress progress) {
            this.file = file;
            this.at = from;
            this.progress = progress;
        }

        boolean passOn() {
            try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
                if (reader.length() < at) {
                    at = 0;
                }
                byte[] fresh = new byte[(int) (reader.length() - at)];
                reader.seek(at);
                reader.readFully(fresh);
                int lines = new String(fresh, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1;
                new String(fresh, 0, lines, StandardCharsets.UTF_8).lines().forEach(progress::line);
                at += lines;
                return true;
            } catch (IOException notYet) {
                return false;
            }
        }
    }
}
