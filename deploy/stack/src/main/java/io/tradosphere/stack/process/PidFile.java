package io.tradosphere.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pid file: it records the process that does a job, and outlives its writer.
 *
 * @param path the file, {@code <name>.pid}; one line each for the pid and the process's start time
 */
public record PidFile(Path path) {

    private static final String SUFFIX = ".pid";

    /** The file of that name in a folder. */
    public static PidFile in(Path folder, String name) {
        return new PidFile(folder.resolve(name + SUFFIX));
    }

    /** All pid files of a folder, sorted by name. None when the folder doesn't exist. */
    public static List<PidFile> all(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.naturalOrder())
                    .map(PidFile::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The job's name: the file name without its suffix. */
    public String name() {
        String file = path.getFileName().toString();
        return file.substring(0, file.length() - SUFFIX.length());
    }

    /**
     * Records a living process.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void write(ProcessIdentity process) {
        try {
            Files.createDirectories(path.getParent());
            Path made = path.resolveSibling(path.getFileName() + ".new");
            Files.writeString(made, process.pid() + "\n" + process.birth() + "\n");
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recorded process if it still runs. Empty when it ended, its pid was reused, or nothing is recorded. */
    public Optional<ProcessIdentity> running() {
        return read().filter(ProcessIdentity::isAlive);
    }

    /** Deletes the file. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ProcessIdentity> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(path);
            return lines.size() < 2 || !lines.get(0).matches("\\d{1,18}")
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(Long.parseLong(lines.get(0)), lines.get(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
