package io.tradosphere.stripefake.state;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A clock with timers, in seconds since 1970. It either runs with real time from where it was put, or stands still. A
 * timer that is passed runs at its own time, so what it writes is dated as it should be. Used under the world's lock.
 */
public final class Clock {

    private record Timer(long at, long order, String key, Runnable task) {}

    private final boolean running;
    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));
    private final Map<String, Timer> byKey = new HashMap<>();
    private long base;
    private long since = System.nanoTime();
    private long order;
    private Long paused;
    private Consumer<String> listener = key -> {};

    /**
     * @param start the time now, in seconds since 1970
     * @param running whether time passes by itself
     */
    public Clock(long start, boolean running) {
        this.base = start;
        this.running = running;
    }

    /** Says what hears of each timer just before it runs, by its key. */
    public void onTimer(Consumer<String> given) {
        listener = given;
    }

    /** The time, in seconds since 1970. */
    public long now() {
        if (paused != null) {
            return paused;
        }
        return running ? base + (System.nanoTime() - since) / 1_000_000_000L : base;
    }

    /** Runs a task at a time. It replaces the timer of the same key. A time that has passed runs at the next step. */
    public void at(String key, long when, Runnable task) {
        cancel(key);
        Timer timer = new Timer(when, order++, key, task);
        timers.add(timer);
        byKey.put(key, timer);
    }

    /** Forgets a timer, if there is one. */
    public void cancel(String key) {
        Timer timer = byKey.remove(key);
        if (timer != null) {
            timers.remove(timer);
        }
    }

    /** How many timers wait. */
    public int waiting() {
        return timers.size();
    }

    /**
     * Moves to the next timer that is due until then and runs it. The clock stands at that timer's time until {@link
     * #arrive}.
     *
     * @return false when there is none
     */
    public boolean step(long until) {
        if (timers.isEmpty() || timers.first().at() > until) {
            return false;
        }
        Timer next = timers.first();
        stand(Math.max(now(), next.at()));
        try {
            run(next.key());
        } catch (RuntimeException broken) {
            // Whoever moves the clock is told; the clock itself goes on from here.
            arrive(paused);
            throw broken;
        }
        return true;
    }

    /** Runs the timer of that key now, whenever it is due; nothing when there is none. */
    public void run(String key) {
        Timer timer = byKey.get(key);
        if (timer != null) {
            cancel(key);
            listener.accept(key);
            timer.task().run();
        }
    }

    /** Stands at this time until {@link #arrive}. */
    public void stand(long at) {
        paused = at;
    }

    /** Stands or runs from this time on, but never goes back. */
    public void arrive(long at) {
        base = Math.max(now(), at);
        since = System.nanoTime();
        paused = null;
    }

    /** Runs every timer that is due until then, in order, and arrives there. */
    public void advanceTo(long until) {
        while (step(until)) {
            // each step runs one timer
        }
        arrive(until);
    }

    /** Runs the timers that have become due by themselves, unless somebody is moving the clock just now. */
    public void tick() {
        if (paused == null) {
            long now = now();
            if (!timers.isEmpty() && timers.first().at() <= now) {
                advanceTo(now);
            }
        }
    }
}
