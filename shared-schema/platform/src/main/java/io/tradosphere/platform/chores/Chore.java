package io.tradosphere.platform.chores;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Something a slice does again and again by itself; a bean of this type is all it takes. Every replica runs it, so it must bear
 * being run by two at once; a failure is logged and the next round tries again.
 */
public interface Chore {

    /** What it does, for the log. */
    String name();

    /** How long to rest between the end of one round and the start of the next. */
    Duration every();

    /** One round. */
    Uni<Void> run();

    /** What must still be done before the service goes, in a few seconds; a round may be under way. Nothing unless it says so. */
    default Uni<Void> beforeStop() {
        return Uni.createFrom().voidItem();
    }
}
