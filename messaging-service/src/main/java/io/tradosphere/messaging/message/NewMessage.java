package io.tradosphere.messaging.message;

import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;

/**
 * The request that sends a message.
 *
 * @param recipientId the profile to write to
 * @param content the text, of 1 to 4000 characters
 */
record NewMessage(
        @NotNull(message = "is required") UUID recipientId,

        @NotNull(message = "is required")
        // Characters are code points, as the database counts them.
        @FreeText(lines = true)
        @Pattern(regexp = "(?sU)(?=.*\\S).{1,4000}", message = "has 1 to 4000 characters, not all of them spaces")
        String content) {}
