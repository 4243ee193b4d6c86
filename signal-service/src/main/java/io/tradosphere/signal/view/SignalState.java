package io.tradosphere.signal.view;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;

/**
 * A signal and which version of it this is.
 *
 * @param version what its ETag is made of; counters leave it alone
 */
public record SignalState(long version, SignalView signal) {

    /** A decision on it has been made, so that nothing of it changes any more. */
    public static final ProblemKind ALREADY_RESOLVED =
            new ProblemKind("already-resolved", 409, "The signal is resolved, and final");

    /** A row of {@link SignalView#COLUMNS}. */
    public static SignalState of(Row row) {
        return new SignalState(row.getLong("version"), SignalView.of(row));
    }

    /** The problem of a signal that does not exist. */
    public static Problem unknown() {
        return Problems.NOT_FOUND.because("No signal has this id.");
    }

    /**
     * Lets only its creator pass, and only while nothing is decided.
     *
     * @throws Problem {@code forbidden} (403), {@code already-resolved} (409)
     */
    public SignalState requireActiveOf(Caller caller) {
        if (!signal.creator().profileId().equals(caller.id())) {
            throw Problems.FORBIDDEN.because("Only who posted the signal may do this.");
        }
        if (!"active".equals(signal.status())) {
            throw ALREADY_RESOLVED.because("It is a " + signal.status() + " signal since " + signal.resolvedAt() + ".");
        }
        return this;
    }
}
