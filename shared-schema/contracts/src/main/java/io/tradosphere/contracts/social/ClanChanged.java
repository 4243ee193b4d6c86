package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A clan has another name, badge, owner or number of members.
 *
 * @param clanId the clan
 * @param ownerId the person who owns it now
 * @param name unique whatever its case
 * @param badgeUrl picture of the clan; null when there is none
 * @param memberCount how many belong to it, the owner included; never below 0
 * @param createdAt when the clan was founded
 */
public record ClanChanged(
        UUID clanId, UUID ownerId, String name, @Nullable String badgeUrl, int memberCount, Instant createdAt)
        implements ClanEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_CLAN_CHANGED;
    }
}
