package io.tradosphere.competition.participation;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The request that excludes somebody. */
record Disqualification(
        @NotNull(message = "is required")
        @Pattern(regexp = "(?sU)(?=.*\\S).{1,1000}", message = "has 1 to 1000 characters, not all of them spaces")
        String reason) {}
