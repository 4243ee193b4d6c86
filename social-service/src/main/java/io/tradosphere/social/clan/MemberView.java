package io.tradosphere.social.clan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/** Somebody who belongs to a clan. */
record MemberView(@JsonUnwrapped PersonView person, ClanRole role, Instant joinedAt) {

    static final String COLUMNS = PersonView.COLUMNS + ", m.role, m.joined_at";

    static MemberView of(Row row) {
        return new MemberView(
                PersonView.of(row), ClanRoles.parse(row.getString("role")), Rows.instant(row, "joined_at"));
    }
}
