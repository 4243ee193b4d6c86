package io.tradosphere.signal.engagement;

import io.tradosphere.contracts.signal.Reaction;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request that reacts to a signal.
 *
 * @param type the reaction; it replaces the caller's previous one
 */
record NewReaction(
        @NotNull(message = "is required")
        @Pattern(
                regexp = "fire|thinking|rocket|like|bullish|bearish",
                message = "is one of fire, thinking, rocket, like, bullish, bearish")
        @Schema(implementation = Reaction.class)
        String type) {}
