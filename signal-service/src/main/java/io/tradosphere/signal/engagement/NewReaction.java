package io.tradosphere.signal.engagement;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The request that reacts to a signal.
 *
 * @param type how; it replaces whatever the caller's reaction was before
 */
record NewReaction(
        @NotNull(message = "is required")
        @Pattern(
                regexp = "fire|thinking|rocket|like|bullish|bearish",
                message = "is one of fire, thinking, rocket, like, bullish, bearish")
        String type) {}
