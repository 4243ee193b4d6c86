package io.tradosphere.signal.watchlist;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What somebody is in a watchlist. */
enum ListRole {
    /** Exactly one in each list; may do everything. */
    @JsonProperty("owner")
    OWNER,

    /** Adds and removes assets. */
    @JsonProperty("editor")
    EDITOR,

    /** Reads, and no more. */
    @JsonProperty("viewer")
    VIEWER;

    /** The role that the database calls so, such as {@code editor}; null stays null. */
    static ListRole parse(String text) {
        return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The role as the database writes it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
