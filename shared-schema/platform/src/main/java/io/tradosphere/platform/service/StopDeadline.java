package io.tradosphere.platform.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A bound of the time that a stop may take. What hangs when it has passed ends with the process. */
final class StopDeadline {

    /** Longer than an orderly stop takes, and shorter than the 30 s after which Kubernetes kills. */
    private static final Duration DEADLINE = Duration.ofSeconds(25);

    /** 128 and the number of SIGTERM, as a shell reports it. */
    private static final int TERMINATED = 143;

    private StopDeadline() {}

    /** Installs the deadline. It counts from SIGTERM, also during a start. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(StopDeadline::startTimer, "stop-deadline"));
    }

    /** A daemon thread, so that a stop that ends earlier is not held up. */
    private static void startTimer() {
        Thread timer = new Thread(
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(DEADLINE.toMillis());
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    System.err.println("Not stopped after " + DEADLINE.toSeconds() + " s: ending now.");
                    Runtime.getRuntime().halt(TERMINATED);
                },
                "stop-deadline-timer");
        timer.setDaemon(true);
        timer.start();
    }
}
