package io.tradosphere.contracts.competition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who competes with whom. */
public enum CompetitionType {
    /** Two people. */
    @JsonProperty("1v1")
    ONE_ON_ONE,

    /** Clans against each other. */
    @JsonProperty("team")
    TEAM,

    /** Everybody for themselves. */
    @JsonProperty("free_for_all")
    FREE_FOR_ALL
}
