package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.EventType;
import java.util.UUID;

/**
 * Somebody changed a setting that is the owner's alone to see.
 *
 * @param profileId the person
 * @param incarnation the incarnation of this id it concerns
 * @param stealthMode whether leaderboards hide the person from everybody else
 * @param journalPublic whether anybody may read the person's trade journal
 */
public record SettingsChanged(UUID profileId, long incarnation, boolean stealthMode, boolean journalPublic)
        implements ProfileSettingsEvent {
    @Override
    public EventType type() {
        return EventType.PROFILE_SETTINGS_CHANGED;
    }
}
