package io.tradosphere.signal.engagement;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.profiles.Refusals;
import io.tradosphere.signal.view.Audiences;
import io.tradosphere.signal.view.SignalState;
import java.util.Map;

/**
 * The permission to react to and comment on signals: for every profile that may read the signal and that its creator has not
 * blocked.
 *
 * <p>A reaction or comment references its signal, and so locks the signal's row until the commit. Deleting a signal
 * takes a conflicting lock. So the deletion policy sees the reaction or comment, or that one finds no signal.
 */
final class EngagementPermission {

    /** The violations by a reaction or comment on a signal that is deleted at the same moment. */
    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(Map.of(
            "signal_engagement_signal_id_fkey", SignalState.unknown(),
            "signal_comments_signal_id_fkey", SignalState.unknown()));

    /**
     * SQL after {@code FROM}: the signal {@code s} and the caller's profile {@code p}, if permitted; else no row.
     *
     * @param signal SQL of the signal's id
     * @param caller SQL of the caller's id
     */
    static String permitted(String signal, String caller) {
        return " signals s, profiles p WHERE s.id = " + signal + " AND p.id = " + caller + " AND "
                + Audiences.readable("p.id") + " AND NOT has_blocked(s.creator_id, p.id) ";
    }

    /** SQL of the cases in which the caller is not permitted, as names of {@link Refusal}. */
    static String refusals(String signal, String caller) {
        return """
                WHEN NOT EXISTS (SELECT FROM signals s WHERE s.id = %1$s AND %3$s) THEN 'SIGNAL_UNKNOWN'
                WHEN NOT EXISTS (SELECT FROM profiles WHERE id = %2$s) THEN 'CALLER_UNKNOWN'
                WHEN (SELECT has_blocked(creator_id, %2$s) FROM signals WHERE id = %1$s) THEN 'BLOCKED'
                """.formatted(signal, caller, Audiences.readable(caller));
    }

    private EngagementPermission() {}

    /** Why a reaction or comment is refused. */
    enum Refusal {
        SIGNAL_UNKNOWN,
        CALLER_UNKNOWN,
        BLOCKED;

        Problem problem() {
            return switch (this) {
                case SIGNAL_UNKNOWN -> SignalState.unknown();
                case CALLER_UNKNOWN -> Refusals.noProfile();
                case BLOCKED -> ProblemKind.BLOCKED.because("The signal's creator has blocked you.");
            };
        }
    }
}
