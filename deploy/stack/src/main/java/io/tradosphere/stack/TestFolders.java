package io.tradosphere.stack;

import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.ProcessIdentity;
import io.tradosphere.stack.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The temporary folders of stacks. Each records its owner process. A later stack deletes the folders of killed
 * owners.
 */
final class TestFolders {

    private static final String PREFIX = "tradosphere-stack-";
    private static final String OWNER = "owner";

    private TestFolders() {}

    static Path create() {
        try {
            Path folder = Files.createTempDirectory(PREFIX);
            long self = ProcessHandle.current().pid();
            PidFile.in(folder, OWNER).write(ProcessIdentity.of(self).orElseThrow());
            return folder;
        } catch (IOException e) {
            throw new StackException("Cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    static void cleanUp() {
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            List<Path> orphans = folders.filter(
                            folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .filter(Files::isWritable)
                    .filter(folder -> Files.exists(PidFile.in(folder, OWNER).path())
                            && PidFile.in(folder, OWNER).running().isEmpty())
                    .toList();
            orphans.forEach(TestFolders::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        for (PidFile file : PidFile.all(folder.resolve("run"))) {
            file.running().ifPresent(Signals::kill);
        }
        Folders.delete(folder);
    }
}
