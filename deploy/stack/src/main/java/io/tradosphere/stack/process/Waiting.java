package io.tradosphere.stack.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Polls a condition. */
public final class Waiting {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);

    private Waiting() {}

    /**
     * Polls until the condition holds, the time is over, or the thread is interrupted.
     *
     * @return whether the condition held
     */
    public static boolean until(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(STEP);
        }
        return true;
    }
}
