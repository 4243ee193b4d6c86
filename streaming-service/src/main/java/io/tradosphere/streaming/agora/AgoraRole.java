package io.tradosphere.streaming.agora;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What the holder of a token may do in a channel. */
public enum AgoraRole {
    /** Sends sound, picture and data. */
    @JsonProperty("publisher")
    PUBLISHER(List.of(1, 2, 3, 4)),

    /** Watches alone. */
    @JsonProperty("subscriber")
    SUBSCRIBER(List.of(1));

    /** Agora's numbers: 1 joins the channel, 2 to 4 publish sound, picture and data. */
    private final List<Integer> privileges;

    AgoraRole(List<Integer> privileges) {
        this.privileges = privileges;
    }

    List<Integer> privileges() {
        return privileges;
    }
}
