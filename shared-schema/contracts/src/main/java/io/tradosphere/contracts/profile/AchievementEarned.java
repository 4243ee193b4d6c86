package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody met the criteria of an achievement, once and for good.
 *
 * @param profileId the person
 * @param incarnation the incarnation of this id earned it
 * @param achievementId the achievement
 * @param name the achievement's name
 * @param earnedAt when it was earned
 */
public record AchievementEarned(UUID profileId, long incarnation, UUID achievementId, String name, Instant earnedAt)
        implements AchievementEvent {
    @Override
    public EventType type() {
        return EventType.PROFILE_ACHIEVEMENT_EARNED;
    }
}
