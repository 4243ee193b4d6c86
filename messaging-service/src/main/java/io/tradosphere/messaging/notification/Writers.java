package io.tradosphere.messaging.notification;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who may write to a person. */
@Schema(name = "MessageWriters")
enum Writers {
    /** Whoever is not blocked. */
    @JsonProperty("everyone")
    EVERYONE,

    /** Those whom the person follows. */
    @JsonProperty("followed")
    FOLLOWED,

    /** No one. */
    @JsonProperty("nobody")
    NOBODY
}
