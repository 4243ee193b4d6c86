package io.tradosphere.signal.parse;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The request to parse a text.
 *
 * @param text the text to read, of 1 to 10000 characters
 */
record ParseRequest(
        @NotNull(message = "is required")
        @Pattern(regexp = "(?sU)(?=.*\\S).{1,10000}", message = "has 1 to 10000 characters, not all of them spaces")
        String text) {}
