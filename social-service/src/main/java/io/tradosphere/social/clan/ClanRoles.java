package io.tradosphere.social.clan;

import io.tradosphere.contracts.social.ClanRole;
import java.util.Locale;

/** Roles as the database writes them. */
public final class ClanRoles {

    private ClanRoles() {}

    /** The role of that name, such as {@code admin}. */
    public static ClanRole parse(String text) {
        return ClanRole.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static String text(ClanRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
