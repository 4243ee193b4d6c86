package io.tradosphere.competition.participation;

import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request body that disqualifies a participant.
 *
 * @param reason why, shown to the participant
 */
@Schema(name = "Disqualification")
record DisqualifyRequest(
        @NotNull(message = "is required")
        @FreeText(lines = true)
        @Pattern(regexp = "(?sU)(?=.*\\S).{1,1000}", message = "has 1 to 1000 characters, not all of them spaces")
        String reason) {}
