package io.tradosphere.platform.people;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/** How somebody appears in a list. */
public record PersonView(UUID profileId, String username, String displayName, String avatarUrl, String tier) {

    /** The columns of a view, of a table {@code profiles p}. */
    public static final String COLUMNS = "p.id AS profile_id, p.username, p.display_name, p.avatar_url, p.tier";

    /** A row of {@link #COLUMNS}. */
    public static PersonView of(Row row) {
        return new PersonView(
                row.getUUID("profile_id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("avatar_url"),
                row.getString("tier"));
    }
}
