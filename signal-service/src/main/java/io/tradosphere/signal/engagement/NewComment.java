package io.tradosphere.signal.engagement;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The request that comments on a signal. */
record NewComment(
        @NotNull(message = "is required")
        // Characters as people count them, as the database does.
        @Pattern(regexp = "(?sU)(?=.*\\S).{1,2000}", message = "has 1 to 2000 characters, not all of them spaces")
        String content) {}
