package io.tradosphere.signal.engagement;

import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.people.Refusals;
import io.tradosphere.signal.view.SignalState;

/**
 * Who may answer to which signal: whoever has a profile, unless the signal's creator has blocked them.
 *
 * <p>An answer refers to its signal, and so holds a lock on the signal's row until it is committed. Whoever takes a signal back
 * holds one that excludes it: either the answer is there for the policy that decides, or the answer finds no signal.
 */
final class Answering {

    static final ProblemKind BLOCKED = new ProblemKind("blocked", 403, "A block stands between the two");

    /** SQL: the signal {@code s} ({@code $1}) and the profile {@code p} ({@code $2}, the caller) of who may answer; else no row. */
    static final String PERMITTED =
            " signals s, profiles p WHERE s.id = $1 AND p.id = $2 AND NOT is_blocked_by(s.creator_id) ";

    /** SQL of the cases in which {@code $2}, the caller, may not answer to {@code $1}, as names of {@link Refusal}. */
    static final String REFUSALS = """
            WHEN NOT EXISTS (SELECT FROM signals WHERE id = $1) THEN 'SIGNAL_UNKNOWN'
            WHEN NOT EXISTS (SELECT FROM profiles WHERE id = $2) THEN 'CALLER_UNKNOWN'
            WHEN (SELECT is_blocked_by(creator_id) FROM signals WHERE id = $1) THEN 'BLOCKED'
            """;

    private Answering() {}

    /** Why somebody may not answer. */
    enum Refusal {
        SIGNAL_UNKNOWN,
        CALLER_UNKNOWN,
        BLOCKED;

        Problem problem() {
            return switch (this) {
                case SIGNAL_UNKNOWN -> SignalState.unknown();
                case CALLER_UNKNOWN -> Refusals.noProfile();
                case BLOCKED -> Answering.BLOCKED.because("Its creator has blocked you.");
            };
        }
    }

    /** An answer to a signal that was taken back at the same moment, in the client's words; any other failure as it is. */
    static Throwable explain(Throwable failure) {
        return SqlFailure.violates(failure, "signal_engagement_signal_id_fkey")
                        || SqlFailure.violates(failure, "signal_comments_signal_id_fkey")
                ? SignalState.unknown()
                : failure;
    }
}
