package io.tradosphere.stack.process;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.time.Duration;

/** Ends processes: politely, then not. */
public final class Signals {

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    /** How a process is asked to stop. */
    public enum Polite {
        /** What a JVM wants. */
        TERM,
        /** What PostgreSQL wants: TERM would wait for its clients to go. */
        INT
    }

    private Signals() {}

    /**
     * Asks a process to stop, and kills it when it hasn't within the grace.
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

    /** Kills a process without asking, and waits until it's gone. */
    public static void kill(ProcessIdentity process) {
        send(process, "KILL");
        if (!Waiting.until(AFTER_KILL, () -> !process.isAlive())) {
            throw new StackException("Process " + process.pid()
                    + " does not die; look at it with: ps -o stat,wchan,args -p " + process.pid());
        }
    }

    private static void send(ProcessIdentity process, String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            // The shell's own kill: ProcessHandle sends TERM and KILL alone.
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StackException("No shell to send a signal with: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
