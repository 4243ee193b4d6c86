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

    /**
     * SQL: a signal {@code s} and a profile {@code p} of who may answer to it, else no row; to follow a {@code FROM}.
     *
     * @param signal SQL of the signal's id
     * @param caller SQL of the id of who asks
     */
    static String permitted(String signal, String caller) {
        return " signals s, profiles p WHERE s.id = " + signal + " AND p.id = " + caller
                + " AND NOT has_blocked(s.creator_id, p.id) ";
    }

    /** SQL of the cases in which the caller may not answer to the signal, as names of {@link Refusal}. */
    static String refusals(String signal, String caller) {
        return """
                WHEN NOT EXISTS (SELECT FROM signals WHERE id = %1$s) THEN 'SIGNAL_UNKNOWN'
                WHEN NOT EXISTS (SELECT FROM profiles WHERE id = %2$s) THEN 'CALLER_UNKNOWN'
                WHEN (SELECT has_blocked(creator_id, %2$s) FROM signals WHERE id = %1$s) THEN 'BLOCKED'
                """.formatted(signal, caller);
    }

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
