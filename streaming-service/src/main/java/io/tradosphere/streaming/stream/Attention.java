package io.tradosphere.streaming.stream;

import java.time.Duration;

/** How long a job has run without a gap. After a gap it does not know what it has missed. */
final class Attention {

    private static final Duration GAP = Duration.ofSeconds(15);

    private final Duration patience;
    private boolean began;
    private long since;
    private long last;

    /** @param patience how long the job must have run without a gap */
    Attention(Duration patience) {
        this.patience = patience;
    }

    /**
     * Notes a run.
     *
     * @param now the time of a clock that never jumps, in nanoseconds
     * @return whether the runs have had no gap for long enough
     */
    synchronized boolean isUnbroken(long now) {
        if (!began || now - last > GAP.toNanos()) {
            since = now;
        }
        began = true;
        last = now;
        return now - since >= patience.toNanos();
    }
}
