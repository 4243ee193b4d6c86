package io.tradosphere.signal.engagement;

import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The request that comments on a signal.
 *
 * @param content the text, of 1 to 2000 characters
 */
record NewComment(
        @NotNull(message = "is required")
        // Characters are code points, as the database counts them.
        @FreeText(lines = true)
        @Pattern(regexp = "(?sU)(?=.*\\S).{1,2000}", message = "has 1 to 2000 characters, not all of them spaces")
        String content) {}
