package io.tradosphere.signal.watchlist;

import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An open invitation to a watchlist, as its invitee sees it.
 *
 * @param watchlistId the id of the watchlist
 * @param name the name of the list
 * @param role the role that the invitee gets; {@code owner} offers the ownership of the list
 * @param invitedBy the owner of the list
 * @param invitedAt when the invitation was made
 * @param expiresAt when it expires
 */
@Schema(name = "WatchlistInvitation")
record InvitationView(
        UUID watchlistId,
        String name,
        WatchlistRole role,
        ProfileSummary invitedBy,
        Instant invitedAt,
        Instant expiresAt) {

    static InvitationView of(Row row) {
        return new InvitationView(
                row.getUUID("watchlist_id"),
                row.getString("name"),
                EnumText.parse(WatchlistRole.class, row.getString("role")),
                ProfileSummary.of(row),
                Rows.instant(row, "invited_at"),
                Rows.instant(row, "expires_at"));
    }
}
