package io.tradosphere.stack.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits by asking again and again. */
public final class Waiting {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);

    private Waiting() {}

    /**
     * Waits until the condition holds, for so long at most, or until the thread is interrupted.
     *
     * @return whether it held in the end
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
