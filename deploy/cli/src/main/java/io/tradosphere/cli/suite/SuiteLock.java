package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.ProcessIdentity;
import io.tradosphere.stack.process.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Makes sure that one launcher at a time runs a data folder; the kernel lets go of it when the launcher dies. */
final class SuiteLock implements AutoCloseable {

    /** The launcher's own pid file. */
    static final String NAME = "launcher";

    private static final String STOPPING = "stopping";
    private static final Duration STOPPED = Duration.ofSeconds(90);

    private final FileChannel channel;
    private final DataFolder data;

    private SuiteLock(FileChannel channel, DataFolder data) {
        this.channel = channel;
        this.data = data;
    }

    /**
     * Takes the folder; waits for a suite that is just stopping.
     *
     * @throws StackException when a suite runs there; one line with the remedy
     */
    static SuiteLock take(DataFolder data) {
        Folders.createPrivate(data.path());
        try {
            Files.createDirectories(data.run());
            FileChannel channel =
                    FileChannel.open(data.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel) && !(isStopping(data) && Waiting.until(STOPPED, () -> tryLock(channel)))) {
                channel.close();
                throw alreadyRunning(data);
            }
            Files.deleteIfExists(stopping(data));
            PidFile.in(data.run(), NAME)
                    .write(ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow());
            return new SuiteLock(channel, data);
        } catch (IOException e) {
            throw new StackException("Cannot use " + data.path() + ": " + e.getMessage(), e);
        }
    }

    /** Says so when a suite runs there. */
    static void refuseIfRunning(DataFolder data) {
        boolean another = PidFile.in(data.run(), NAME)
                .running()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .isPresent();
        if (another && !isStopping(data)) {
            throw alreadyRunning(data);
        }
    }

    /** Tells a waiting `up` that this one is on its way out. */
    void stopping() {
        try {
            Files.writeString(stopping(data), "");
        } catch (IOException e) {
            throw new StackException("Cannot write to " + data.run() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            PidFile.in(data.run(), NAME).delete();
            Files.deleteIfExists(data.endpoints());
            Files.deleteIfExists(stopping(data));
            channel.close();
        } catch (IOException e) {
            throw new StackException("Cannot let go of " + data.path() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isStopping(DataFolder data) {
        return Files.exists(stopping(data));
    }

    private static Path stopping(DataFolder data) {
        return data.run().resolve(STOPPING);
    }

    private static boolean tryLock(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisJvm) {
            return false;
        } catch (IOException e) {
            throw new StackException("Cannot lock the data folder: " + e.getMessage(), e);
        }
    }

    private static StackException alreadyRunning(DataFolder data) {
        Optional<String> url = Optional.of(data.endpoints())
                .filter(Files::exists)
                .map(Endpoints::read)
                .map(endpoints -> endpoints.values().get("GATEWAY_URL"));
        String pid = PidFile.in(data.run(), NAME)
                .running()
                .map(process -> " (pid " + process.pid() + ")")
                .orElse("");
        return new StackException("TradoSphere is already running"
                + url.map(at -> " at " + at).orElse("") + pid + "; stop it with: ./tradosphere down" + data.asOption());
    }
}
