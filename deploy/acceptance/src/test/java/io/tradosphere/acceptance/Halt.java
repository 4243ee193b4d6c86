package io.tradosphere.acceptance;

import java.util.List;

/**
 * A point of billing-service at which it is made to wait, so that it can be killed exactly there. The service itself knows
 * nothing of it: Stripe's fake or PostgreSQL keeps it waiting.
 */
interface Halt {

    /** Makes the next one that comes there wait. */
    void arm();

    /** Whether somebody waits there. */
    boolean isReached();

    /** Ends the waiting, after the kill. */
    void letGo();

    /** Makes nobody wait any more. Nobody may wait at any point of the same table. */
    default void disarm() {}

    /** Kills the service while it waits at all these points. */
    static void kill(LoneBilling billing, List<Halt> halts) {
        billing.kill();
        halts.forEach(Halt::letGo);
        halts.forEach(Halt::disarm);
        billing.leasesEnd();
    }
}
