package io.tradosphere.signal.watchlist;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A member of a watchlist as the API shows it.
 *
 * @param person the profile of the member
 * @param role the role of the member
 */
@Schema(name = "WatchlistMember")
record MemberView(@JsonUnwrapped ProfileSummary person, WatchlistRole role) {

    static MemberView of(Row row) {
        return new MemberView(ProfileSummary.of(row), EnumText.parse(WatchlistRole.class, row.getString("role")));
    }
}
