package io.tradosphere.contracts.social;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody is in a clan. */
public enum ClanRole {
    /** Exactly one in each clan. */
    @JsonProperty("owner")
    OWNER,

    /** May remove members. */
    @JsonProperty("admin")
    ADMIN,

    /** Belongs, and no more. */
    @JsonProperty("member")
    MEMBER
}
