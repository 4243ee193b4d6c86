package io.tradosphere.social.clan;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.http.WebAddress;
import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request bodies of clans. */
final class ClanRequests {

    /** Counts code points, as the database does. */
    private static final String NAME = "(?!\\s)[^\\p{Cntrl}]{3,50}(?<!\\s)";

    private static final String NAME_MESSAGE =
            "has 3 to 50 characters, none of them control characters, no space around them";

    private ClanRequests() {}

    /**
     * The request body that creates a clan.
     *
     * @param name the name, unique in any case, of 3 to 50 characters
     * @param badgeUrl http or https address of the badge; optional
     */
    record NewClan(
            @NotNull(message = "is required") @FreeText @Pattern(regexp = NAME, message = NAME_MESSAGE)
            String name,

            @WebAddress String badgeUrl) {}

    /**
     * The editable fields of a clan.
     *
     * @param name the name, unique in any case, of 3 to 50 characters
     * @param badgeUrl http or https address of the badge; null for none
     */
    record EditableClan(
            @NotNull(message = "is required") @FreeText @Pattern(regexp = NAME, message = NAME_MESSAGE)
            String name,

            @Nullable @WebAddress String badgeUrl) {}

    /**
     * The request body that changes the role of a member.
     *
     * @param role the new role
     */
    @Schema(name = "ClanRoleChange")
    record RoleChange(@NotNull(message = "is required") ClanRole role) {}
}
