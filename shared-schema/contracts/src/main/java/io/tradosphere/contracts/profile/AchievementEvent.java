package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** What people achieve. */
public sealed interface AchievementEvent extends Event permits AchievementEarned {
    /** The person. */
    UUID profileId();

    /** The achievement. */
    UUID achievementId();

    @Override
    default String subject() {
        return profileId() + ":" + achievementId();
    }

    @Override
    default String key() {
        return profileId().toString();
    }
}
