package io.tradosphere.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The identity of a process. A pid alone is not enough, since pids are reused.
 *
 * @param pid the process id
 * @param birth the start time, in a form that is unique for that pid
 */
public record ProcessIdentity(long pid, String birth) {

    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    /** The running process of that pid. Empty when there is none, or only a zombie. */
    public static Optional<ProcessIdentity> of(long pid) {
        return Files.exists(PROC.resolve("self/stat")) ? onLinux(pid) : elsewhere(pid);
    }

    /** The process handle, if it is still the same process. */
    public Optional<ProcessHandle> handle() {
        return isAlive() ? ProcessHandle.of(pid) : Optional.empty();
    }

    /** Whether this process still runs. */
    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    private static Optional<ProcessIdentity> onLinux(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            // The second field is the program's name in brackets and may contain anything. The other fields are
            // plain.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
                return Optional.empty();
            }
            String boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            return Optional.of(new ProcessIdentity(pid, boot + ":" + fields[START_TICKS]));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException goneWhileReading) {
            // The kernel returns ESRCH for a read when the process ended after the file was opened.
            return ProcessHandle.of(pid).isPresent() ? elsewhere(pid) : Optional.empty();
        }
    }

    private static Optional<ProcessIdentity> elsewhere(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> new ProcessIdentity(pid, "started:" + start.toEpochMilli()));
    }
}
