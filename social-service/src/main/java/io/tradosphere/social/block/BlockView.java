package io.tradosphere.social.block;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * Somebody whom the caller has blocked.
 *
 * @param blockedAt when the block began
 */
record BlockView(@JsonUnwrapped PersonView person, Instant blockedAt) {

    static BlockView of(Row row) {
        return new BlockView(PersonView.of(row), Rows.instant(row, "created_at"));
    }
}
