package io.tradosphere.social.clan;

import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An open invitation to a clan, as its invitee sees it.
 *
 * @param clanId the id of the clan
 * @param name the name of the clan
 * @param role the role that the invitee gets; {@code owner} offers the ownership of the clan to a member
 * @param invitedBy the owner of the clan
 * @param invitedAt when the invitation was made
 * @param expiresAt when it expires
 */
@Schema(name = "ClanInvitation")
record ClanInvitationView(
        UUID clanId, String name, ClanRole role, ProfileSummary invitedBy, Instant invitedAt, Instant expiresAt) {

    static ClanInvitationView of(Row row) {
        return new ClanInvitationView(
                row.getUUID("clan_id"),
                row.getString("name"),
                EnumText.parse(ClanRole.class, row.getString("role")),
                ProfileSummary.of(row),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "expires_at"));
    }
}
