package io.tradosphere.social.clan;

import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.http.WebAddress;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** What clients ask of clans. */
final class ClanRequests {

    /** Characters as people count them, as the database does. */
    private static final String NAME = "(?!\\s)[^\\p{Cntrl}]{3,50}(?<!\\s)";

    private static final String NAME_MESSAGE =
            "has 3 to 50 characters, none of them control characters, no space around them";

    private ClanRequests() {}

    /** The request that founds one. */
    record NewClan(
            @NotNull(message = "is required") @Pattern(regexp = NAME, message = NAME_MESSAGE)
            String name,

            @WebAddress String badgeUrl) {}

    /** What its owner can edit of a clan. */
    record EditableClan(
            @NotNull(message = "is required") @Pattern(regexp = NAME, message = NAME_MESSAGE)
            String name,

            @WebAddress String badgeUrl) {}

    /** The request that makes a member something else. */
    record RoleChange(@NotNull(message = "is required") ClanRole role) {}
}
