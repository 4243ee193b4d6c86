package io.tradosphere.signal.watchlist;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;

/** Somebody who shares a watchlist. */
record MemberView(@JsonUnwrapped PersonView person, ListRole role) {

    static MemberView of(Row row) {
        return new MemberView(PersonView.of(row), ListRole.parse(row.getString("role")));
    }
}
