package io.tradosphere.cli.suite;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints progress messages, each with the seconds since the start. */
public final class Progress {

    private final PrintWriter out;
    private final long started = System.nanoTime();

    /** @param out receives the lines */
    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** Prints one line with the time. */
    public synchronized void report(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - started) / 1e9, what);
        out.flush();
    }

    /** Prints one line without the time. */
    public synchronized void line(String text) {
        out.println(text);
        out.flush();
    }
}
