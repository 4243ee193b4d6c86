package io.tradosphere.social.clan;

import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A clan as the API shows it.
 *
 * @param badgeUrl picture of the clan; null when there is none
 * @param memberCount how many belong to it, the owner included
 */
record ClanView(
        UUID id, String name, String badgeUrl, UUID ownerId, long memberCount, Instant createdAt, Instant updatedAt) {

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
