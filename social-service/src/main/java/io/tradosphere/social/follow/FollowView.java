package io.tradosphere.social.follow;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A profile in a list of followers or followed profiles.
 *
 * @param person the following or followed profile
 * @param followedAt start of the follow
 */
@Schema(name = "FollowedProfile")
record FollowView(@JsonUnwrapped ProfileSummary person, Instant followedAt) {

    static FollowView of(Row row) {
        return new FollowView(ProfileSummary.of(row), Rows.instant(row, "created_at"));
    }
}
