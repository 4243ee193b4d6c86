package io.tradosphere.social.follow;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * Somebody in a list of followers or followed.
 *
 * @param followedAt when the follow began
 */
record FollowView(@JsonUnwrapped PersonView person, Instant followedAt) {

    static FollowView of(Row row) {
        return new FollowView(PersonView.of(row), Rows.instant(row, "created_at"));
    }
}
