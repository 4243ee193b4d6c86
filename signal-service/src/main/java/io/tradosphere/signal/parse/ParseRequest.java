package io.tradosphere.signal.parse;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The request that has a text read. */
record ParseRequest(
        @NotNull(message = "is required")
        @Pattern(regexp = "(?sU)(?=.*\\S).{1,10000}", message = "has 1 to 10000 characters, not all of them spaces")
        String text) {}
