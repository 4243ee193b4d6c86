package io.tradosphere.stack.postgres;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 */
public record Binaries(Path home) {

    private static final int EXECUTABLE = 0b001_000_000;

    /**
     * The programs that the build downloaded for this machine. They are unpacked at the first call.
     *
     * @throws StackException when the build hasn't downloaded them, or they cannot be unpacked
     */
    public static Binaries of(Checkout checkout) {
        Path archive = archive(checkout.resolve("deploy/stack/target/postgres"));
        String name = archive.getFileName().toString().replaceFirst("\\.jar$", "");
        Path home = checkout.runtime().resolve(name);
        if (!Files.isDirectory(home)) {
            unpack(archive, home);
        }
        return new Binaries(home);
    }

    /** One of the programs, such as {@code initdb}. */
    public String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static Path archive(Path folder) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList();
                if (!jars.isEmpty()) {
                    return jars.get(jars.size() - 1);
                }
            } catch (IOException e) {
                throw new StackException("Cannot read " + folder + ": " + e.getMessage(), e);
            }
        }
        throw new StackException("PostgreSQL is not in " + folder
                + ". Build it with: mvn -pl deploy/stack -am -DskipTests process-classes.");
    }

    /** Unpacks to a temporary folder and moves it, so that concurrent or interrupted calls do no harm. */
    private static void unpack(Path archive, Path home) {
        try {
            Files.createDirectories(home.getParent());
            Path made = Files.createTempDirectory(home.getParent(), "unpacking-");
            try (ZipInputStream jar = new ZipInputStream(Files.newInputStream(archive))) {
                for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                    if (entry.getName().endsWith(".txz")) {
                        untar(jar, made);
                    }
                }
            }
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            try {
                Files.move(made, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException refused) {
                // An atomic move onto a folder fails with no more special type.
                Folders.delete(made);
                if (!Files.isDirectory(home)) {
                    throw refused;
                }
            }
        } catch (IOException e) {
            throw new StackException("Cannot unpack PostgreSQL into " + home + ": " + e.getMessage(), e);
        }
    }

    private static void untar(InputStream xz, Path into) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(xz)));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = into.resolve(entry.getName()).normalize();
            if (!target.startsWith(into)) {
                throw new IOException(entry.getName() + " leaves the folder");
            }
            Files.createDirectories(entry.isDirectory() ? target : target.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.createLink(target, into.resolve(entry.getLinkName()));
            } else if (entry.isFile()) {
                Files.copy(tar, target);
                if ((entry.getMode() & EXECUTABLE) != 0) {
                    makeExecutable(target);
                }
            }
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(file, permissions);
    }
}
