package io.tradosphere.social.clan;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A clan in the API.
 *
 * @param id the id of the clan
 * @param name the name, unique in any case
 * @param badgeUrl picture of the clan; null when there is none
 * @param ownerId the profile id of the owner
 * @param memberCount number of members, the owner included
 * @param createdAt when it was created
 * @param updatedAt when it last changed
 */
@Schema(name = "Clan")
record ClanView(
        UUID id,
        String name,
        @Nullable String badgeUrl,
        UUID ownerId,
        long memberCount,
        Instant createdAt,
        Instant updatedAt) {

    static ClanView of(Row row) {
        return new ClanView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("badge_url"),
                row.getUUID("owner_id"),
                row.getLong("member_count"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
