package io.tradosphere.social.block;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A profile the caller has blocked.
 *
 * @param person the blocked profile
 * @param blockedAt start of the block
 */
@Schema(name = "BlockedProfile")
record BlockView(@JsonUnwrapped ProfileSummary person, Instant blockedAt) {

    static BlockView of(Row row) {
        return new BlockView(ProfileSummary.of(row), Rows.instant(row, "created_at"));
    }
}
