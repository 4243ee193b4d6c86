package io.tradosphere.profile.account;

import io.tradosphere.profile.directory.ProfileView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Everything the profile slice holds of a person.
 *
 * @param legendEligible whether an admin may make the person a legend
 * @param achievements what the person has earned
 * @param signalOutcomes how the person's signals came out, in the order of their resolution; the signal slice holds the signals
 * @param follows whom the person follows, as counted here; the social slice holds the follows themselves
 */
record Export(
        ProfileView profile,
        boolean legendEligible,
        Instant updatedAt,
        List<Earned> achievements,
        List<SignalOutcome> signalOutcomes,
        List<UUID> follows,
        List<UUID> followers) {

    /** An achievement and when it was earned. */
    record Earned(UUID achievementId, String name, Instant earnedAt) {}

    /**
     * How a signal came out.
     *
     * @param hit whether it was a hit rather than a miss
     * @param verified whether the market resolved it, not the creator
     */
    record SignalOutcome(UUID signalId, boolean hit, boolean verified, Instant resolvedAt) {}
}
