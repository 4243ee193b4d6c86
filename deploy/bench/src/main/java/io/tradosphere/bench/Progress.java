package io.tradosphere.bench;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Prints progress lines with the seconds since the start. */
public final class Progress {

    private final PrintWriter out;
    private final long startedAt = System.nanoTime();

    /** @param out receives the lines */
    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** Prints one line. */
    public synchronized void print(String line) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, line);
        out.flush();
    }

    /** Prints the step's name and runs it. Prints its duration if that exceeds two seconds. */
    public <T> T step(String what, Callable<T> work) throws Exception {
        print(what);
        long start = System.nanoTime();
        T result = work.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (seconds > 2) {
            print(String.format(Locale.ROOT, "  done in %.1f s", seconds));
        }
        return result;
    }

    /** As {@link #step}, without a result. */
    public void run(String what, Work work) throws Exception {
        step(what, () -> {
            work.run();
            return null;
        });
    }

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Runs the work. */
        void run() throws Exception;
    }
}
