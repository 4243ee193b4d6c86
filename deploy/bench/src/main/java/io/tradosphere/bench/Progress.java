package io.tradosphere.bench;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Says what is being done, with the seconds since the start. */
public final class Progress {

    private final PrintWriter out;
    private final long began = System.nanoTime();

    /** @param out where it is said */
    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** Says one line. */
    public synchronized void say(String line) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, line);
        out.flush();
    }

    /** Says what begins, does it, and says how long it took when that was more than two seconds. */
    public <T> T step(String what, Callable<T> work) throws Exception {
        say(what);
        long start = System.nanoTime();
        T result = work.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (seconds > 2) {
            say(String.format(Locale.ROOT, "  done in %.1f s", seconds));
        }
        return result;
    }

    /** As {@link #step}, of something without a result. */
    public void run(String what, Work work) throws Exception {
        step(what, () -> {
            work.run();
            return null;
        });
    }

    /** Something to do that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }
}
