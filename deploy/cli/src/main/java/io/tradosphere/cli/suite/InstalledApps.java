package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Hard links to the built services. A new build does not replace the jars of a running suite. */
final class InstalledApps {

    private static final String RUN_JAR = "quarkus-run.jar";

    private final DataFolder data;

    InstalledApps(DataFolder data) {
        this.data = data;
    }

    /**
     * Links the build output of a module.
     *
     * @return the jar to run
     * @throws StackException when the module isn't built; one line with the remedy
     */
    Path install(String module) {
        Path built = data.checkout().resolve(module).resolve("target/quarkus-app");
        if (!Files.exists(built.resolve(RUN_JAR))) {
            throw new StackException(module + " is not built (" + built.resolve(RUN_JAR)
                    + " is missing). Delete .tradosphere/build.stamp and run ./tradosphere up again.");
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
