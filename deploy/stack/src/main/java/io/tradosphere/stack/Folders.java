package io.tradosphere.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Operations on folders and on private files. */
public final class Folders {

    private Folders() {}

    /** Deletes a folder with its contents, if it exists. Links are deleted, not followed. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    // A server that is ending may remove its own files.
                    if (Files.exists(file)) {
                        throw failure;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a folder. A new folder has mode 700. */
    public static Path createPrivate(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.getParent());
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return folder;
        } catch (IOException e) {
            throw new StackException("Cannot make " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Creates a folder, or takes away everybody else's access to one that exists. */
    public static Path makePrivate(Path folder) {
        try {
            return Files.setPosixFilePermissions(createPrivate(folder), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new StackException("Cannot make " + folder + " private: " + e.getMessage(), e);
        }
    }

    /** Writes a file atomically, readable only by its owner (mode 600). */
    public static void writePrivate(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Path made = Files.createTempFile(
                    file.getParent(),
                    "." + file.getFileName(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(made, text);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
