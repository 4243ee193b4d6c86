package io.tradosphere.platform.people;

import io.tradosphere.contracts.Tier;
import java.util.Locale;

/** Tiers as the database writes them. */
public final class Tiers {

    private Tiers() {}

    /** The tier's name in the database and in JSON, such as {@code gladiator}. */
    public static String text(Tier tier) {
        return tier.name().toLowerCase(Locale.ROOT);
    }

    /** The tier of that name. */
    public static Tier parse(String text) {
        return Tier.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
