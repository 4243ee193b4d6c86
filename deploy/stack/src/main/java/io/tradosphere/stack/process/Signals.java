package io.tradosphere.stack.process;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.time.Duration;

/** Stops processes: first with a polite signal, then with SIGKILL. */
public final class Signals {

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    /** The signal that asks a process to stop. */
    public enum Polite {
        /** For a JVM. */
        TERM,
        /** For PostgreSQL. With TERM it would wait for its clients to disconnect. */
        INT
    }

    private Signals() {}

    /**
     * Asks a process to stop, and kills it after the grace period.
     *
     * @return false when it had to be killed
     */
    public static boolean stop(ProcessIdentity process, Polite signal, Duration grace) {
        send(process, signal.name());
        if (Waiting.until(grace, () -> !process.isAlive())) {
            return true;
        }
        kill(process);
        return false;
    }

    /** Asks a process to stop, with SIGTERM. It does not wait. */
    public static void terminate(ProcessIdentity process) {
        send(process, Polite.TERM.name());
    }

    /** Kills a process and waits until it has ended. */
    public static void kill(ProcessIdentity process) {
        send(process, "KILL");
        if (!Waiting.until(AFTER_KILL, () -> !process.isAlive())) {
            throw new StackException("Process " + process.pid()
                    + " does not end. Inspect it with: ps -o stat,wchan,args -p " + process.pid());
        }
    }

    private static void send(ProcessIdentity process, String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            // By the shell's kill, since ProcessHandle sends only TERM and KILL.
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StackException("Cannot run a shell to send a signal: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
