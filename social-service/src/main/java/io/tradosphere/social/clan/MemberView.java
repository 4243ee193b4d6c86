package io.tradosphere.social.clan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A member of a clan.
 *
 * @param person the profile of the member
 * @param role the role of the member
 * @param joinedAt when the member joined
 */
@Schema(name = "ClanMember")
record MemberView(@JsonUnwrapped ProfileSummary person, ClanRole role, Instant joinedAt) {

    static final String COLUMNS = ProfileSummary.COLUMNS + ", m.role, m.joined_at";

    static MemberView of(Row row) {
        return new MemberView(
                ProfileSummary.of(row),
                EnumText.parse(ClanRole.class, row.getString("role")),
                Rows.instant(row, "joined_at"));
    }
}
