package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** For whom a signal is until it is decided; then it is everybody's. */
public enum Audience {
    /** Everybody. */
    @JsonProperty("public")
    PUBLIC,

    /** The creator and who has access by a subscription. */
    @JsonProperty("subscribers")
    SUBSCRIBERS
}
