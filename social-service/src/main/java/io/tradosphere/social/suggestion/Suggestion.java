package io.tradosphere.social.suggestion;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;

/**
 * Somebody whom the caller might want to follow.
 *
 * @param shared how many of those whom the caller follows follow this person
 */
record Suggestion(@JsonUnwrapped PersonView person, long shared) {

    static Suggestion of(Row row) {
        return new Suggestion(PersonView.of(row), row.getLong("shared"));
    }
}
