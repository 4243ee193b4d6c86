package io.tradosphere.signal.view;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;

/**
 * A signal and its version.
 *
 * @param version the version behind its ETag; counters do not change it
 */
public record SignalState(long version, SignalView signal) {

    /** A row of {@link SignalView#COLUMNS}. */
    public static SignalState of(Row row) {
        return new SignalState(row.getLong("version"), SignalView.of(row));
    }

    /** The problem of a signal that does not exist. */
    public static Problem unknown() {
        return ProblemKind.NOT_FOUND.because("No signal has this id.");
    }

    /**
     * Requires that the caller is its creator and that it is active.
     *
     * @throws Problem {@code forbidden} (403), {@code already-resolved} (409)
     */
    public SignalState requireActiveOf(Caller caller) {
        if (!signal.creator().profileId().equals(caller.id())) {
            throw ProblemKind.FORBIDDEN.because("Only the signal's creator may do this.");
        }
        if (!"active".equals(signal.status())) {
            throw ProblemKind.ALREADY_RESOLVED.because(
                    "Its status is " + signal.status() + " since " + signal.resolvedAt() + ".");
        }
        return this;
    }
}
