package io.tradosphere.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a person may do; each tier includes the ones declared before it. */
public enum Tier {
    /** What everybody starts with. */
    @JsonProperty("free")
    FREE,

    /** May post signals and set a subscription price. */
    @JsonProperty("grow")
    GROW,

    /** May also stream and found clans. */
    @JsonProperty("elite")
    ELITE,

    /** May also hold competitions and hide in stealth mode. */
    @JsonProperty("gladiator")
    GLADIATOR,

    /** Shares in the legends pool; given by the platform, never bought. */
    @JsonProperty("legend")
    LEGEND
}
