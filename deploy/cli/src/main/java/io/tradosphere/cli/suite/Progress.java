package io.tradosphere.cli.suite;

import java.io.PrintWriter;
import java.util.Locale;

/** Says what is going on, each line with the seconds since the start. */
public final class Progress {

    private final PrintWriter out;
    private final long started = System.nanoTime();

    /** @param out where lines go */
    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** One line, with the time. */
    public synchronized void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - started) / 1e9, what);
        out.flush();
    }

    /** One line as it is. */
    public synchronized void line(String text) {
        out.println(text);
        out.flush();
    }
}
