package io.tradosphere.profile.account;

import io.tradosphere.contracts.Tier;
import io.tradosphere.profile.directory.ProfileView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All data the profile slice holds about a person.
 *
 * @param profile the profile, settings included
 * @param legendEligible whether an admin may set the person's tier to legend
 * @param grantedTier the tier that an admin granted
 * @param purchasedTier the tier that is paid for; free without one. The billing slice holds the payments
 * @param updatedAt when the profile last changed
 * @param achievements achievements earned
 * @param signalOutcomes outcomes of the person's signals, in the order of resolution; the signal slice holds the
 *     signals
 * @param follows ids of the profiles followed, as counted here; the social slice holds the follows themselves
 * @param followers ids of the profiles that follow, as counted here
 * @param subscriptions ids of the creators subscribed to, as counted here; the billing slice holds the subscriptions
 * @param subscribers ids of the subscribers, as counted here
 */
@Schema(name = "ProfileExport")
record Export(
        ProfileView profile,
        boolean legendEligible,
        Tier grantedTier,
        Tier purchasedTier,
        Instant updatedAt,
        List<Earned> achievements,
        List<SignalOutcome> signalOutcomes,
        List<UUID> follows,
        List<UUID> followers,
        List<UUID> subscriptions,
        List<UUID> subscribers) {

    /**
     * An achievement and when it was earned.
     *
     * @param achievementId the id of the achievement
     * @param name its name
     * @param earnedAt when it was earned
     */
    @Schema(name = "ExportedAchievement")
    record Earned(UUID achievementId, String name, Instant earnedAt) {}

    /**
     * The outcome of a signal.
     *
     * @param signalId the id of the signal
     * @param hit whether it was a hit rather than a miss
     * @param verified whether the market resolved it, not the creator
     * @param resolvedAt when it was resolved
     */
    record SignalOutcome(UUID signalId, boolean hit, boolean verified, Instant resolvedAt) {}
}
