package io.tradosphere.signal.watchlist;

import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The editable fields of a watchlist, for creating and for editing it.
 *
 * @param name the name, of 1 to 100 characters
 */
@Schema(name = "WatchlistFields")
record WatchlistName(
        @NotNull(message = "is required")
        @FreeText
        @Pattern(
                regexp = "(?!\\s)[^\\p{Cntrl}]{1,100}(?<!\\s)",
                message = "has 1 to 100 characters, none of them control characters, no space around them")
        String name) {}
