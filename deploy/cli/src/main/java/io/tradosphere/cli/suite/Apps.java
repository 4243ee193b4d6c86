package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The built services, as links of their own: a build under way doesn't pull the jars away from under a running suite. */
final class Apps {

    private static final String RUN_JAR = "quarkus-run.jar";

    private final DataFolder data;

    Apps(DataFolder data) {
        this.data = data;
    }

    /**
     * Takes over what was built of a module.
     *
     * @return the jar to run
     * @throws StackException when the module isn't built; one line with the remedy
     */
    Path take(String module) {
        Path built = data.checkout().resolve(module).resolve("target/quarkus-app");
        if (!Files.exists(built.resolve(RUN_JAR))) {
            throw new StackException(module + " is not built (" + built.resolve(RUN_JAR)
                    + " is missing): delete .tradosphere/build.stamp and run ./tradosphere up again.");
        }
        Path own = data.resolve("apps").resolve(Path.of(module).getFileName());
        Folders.delete(own);
        try (Stream<Path> files = Files.walk(built)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Path target = own.resolve(built.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    link(file, target);
                }
            }
            return own.resolve(RUN_JAR);
        } catch (IOException e) {
            throw new StackException("Cannot copy " + built + " to " + own + ": " + e.getMessage(), e);
        }
    }

    private static void link(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException anotherDisk) {
            Files.copy(file, target);
        }
    }
}
