package io.tradosphere.platform.jobs;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * A scheduled job. Every bean of this type is run, by every replica of the service. A job must therefore tolerate concurrent runs.
 * A failure is logged, and the next run retries.
 */
public interface ScheduledJob {

    /** The job's name in the log. */
    String name();

    /** The delay between the end of one run and the start of the next. */
    Duration every();

    /** Runs the job once. */
    Uni<Void> run();

    /** Does final work at shutdown, within a few seconds, while a run may be in progress. Does nothing by default. */
    default Uni<Void> beforeStop() {
        return Uni.createFrom().voidItem();
    }
}
