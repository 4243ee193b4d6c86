package io.tradosphere.platform.profiles;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.Tier;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A summary of a profile, as lists show it.
 *
 * @param profileId the id of the profile
 * @param username the username, lower case
 * @param displayName the name to show; null when there is none
 * @param avatarUrl address of the picture; null when there is none
 * @param tier the tier of the profile
 */
public record ProfileSummary(
        UUID profileId,
        String username,
        @Nullable String displayName,
        @Nullable String avatarUrl,
        @Schema(implementation = Tier.class) String tier) {

    /** The selected columns, of {@code profiles p}. */
    public static final String COLUMNS = "p.id AS profile_id, p.username, p.display_name, p.avatar_url, p.tier";

    /** Maps a row with {@link #COLUMNS}. */
    public static ProfileSummary of(Row row) {
        return new ProfileSummary(
                row.getUUID("profile_id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("avatar_url"),
                row.getString("tier"));
    }
}
