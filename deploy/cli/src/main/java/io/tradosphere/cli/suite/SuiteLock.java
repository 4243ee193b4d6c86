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
import java.util.List;
import java.util.Optional;

/** A file lock that allows one launcher for each data folder. The kernel releases it when the launcher dies. */
final class SuiteLock implements AutoCloseable {

    /** The name of the launcher's own pid file. */
    static final String NAME = "launcher";

    /** What may hold private trades, stealth settings or keys. PostgreSQL keeps its own folder private. */
    private static final List<String> PRIVATE_FOLDERS = List.of("run", "logs", "kafka", "oidc");

    private static final String STOPPING = "stopping";
    private static final Duration STOPPED = Duration.ofSeconds(90);

    private final FileChannel channel;
    private final DataFolder data;

    private SuiteLock(FileChannel channel, DataFolder data) {
        this.channel = channel;
        this.data = data;
    }

    /**
     * Locks the data folder. Waits for a suite that is stopping.
     *
     * @throws StackException when a suite runs there; one line with the remedy
     */
    static SuiteLock acquire(DataFolder data) {
        makePrivate(data);
        try {
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

    /** A folder that was given and is shared keeps its mode. What the suite keeps in it is private all the same. */
    private static void makePrivate(DataFolder data) {
        if (data.isDefault()) {
            Folders.makePrivate(data.path());
        } else {
            Folders.createPrivate(data.path());
        }
        PRIVATE_FOLDERS.forEach(name -> Folders.makePrivate(data.resolve(name)));
    }

    /** Fails when a suite runs there. */
    static void refuseIfRunning(DataFolder data) {
        boolean another = PidFile.in(data.run(), NAME)
                .running()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .isPresent();
        if (another && !isStopping(data)) {
            throw alreadyRunning(data);
        }
    }

    /** Tells a waiting {@code up} that this suite is stopping. */
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
            throw new StackException("Cannot unlock " + data.path() + ": " + e.getMessage(), e);
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
                + url.map(at -> " at " + at).orElse("") + pid + ". Stop it with: ./tradosphere down" + data.asOption());
    }
}
