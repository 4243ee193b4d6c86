package io.tradosphere.contracts.streaming;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a stream came to its end. */
public enum StreamEnd {
    /** Its creator ended it. */
    @JsonProperty("ended")
    ENDED,

    /** Nobody fed it any more. */
    @JsonProperty("error")
    ERROR
}
