package io.tradosphere.cli.release;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A clone's git history. It is only read. */
public final class History {

    private final Checkout checkout;

    /** @param checkout the clone */
    public History(Checkout checkout) {
        this.checkout = checkout;
    }

    /**
     * The full id of a commit.
     *
     * @param name an id, a tag or a branch
     * @return empty when the history does not have it, as in a shallow clone, or when there is no git
     */
    public Optional<String> commit(String name) {
        return run(List.of("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"))
                .map(id -> new String(id, StandardCharsets.US_ASCII).strip());
    }

    /** The paths of the files below some folders in a commit. */
    public List<String> files(String commit, List<String> folders) {
        List<String> arguments = new ArrayList<>(List.of("ls-tree", "-r", "-z", "--name-only", commit, "--"));
        arguments.addAll(folders);
        String names = new String(required(arguments), StandardCharsets.UTF_8);
        return Arrays.stream(names.split("\0", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The content of a file in a commit. */
    public byte[] show(String commit, String path) {
        return required(List.of("show", commit + ":" + path));
    }

    /** Writes all files of a commit into an empty folder. */
    public void extract(String commit, Path folder) {
        try {
            Path archive = Files.createTempFile("history", ".zip");
            try {
                required(List.of("archive", "--format=zip", "-o", archive.toString(), commit));
                unpack(archive, folder);
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new StackException(
                    "Cannot write the files of " + commit + " to " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(entry.getName() + " is outside of the folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
    }

    private byte[] required(List<String> arguments) {
        return run(arguments)
                .orElseThrow(() -> new StackException("git " + String.join(" ", arguments) + " failed in "
                        + checkout.root() + ". Run it there to see why."));
    }

    /** What git prints; empty when it fails or cannot be run. */
    private Optional<byte[]> run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        try {
            Process git = new ProcessBuilder(command)
                    .directory(checkout.root().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream output = git.getInputStream()) {
                byte[] printed = output.readAllBytes();
                return git.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
            }
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
