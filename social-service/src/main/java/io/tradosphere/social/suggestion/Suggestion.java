package io.tradosphere.social.suggestion;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A profile suggested to the caller to follow.
 *
 * @param person the suggested profile
 * @param shared number of profiles followed by the caller that follow this one
 */
@Schema(name = "FollowSuggestion")
record Suggestion(@JsonUnwrapped ProfileSummary person, long shared) {

    static Suggestion of(Row row) {
        return new Suggestion(ProfileSummary.of(row), row.getLong("shared"));
    }
}
