package io.tradosphere.profile.account;

import io.tradosphere.platform.http.WebAddress;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Set;

/** The request that makes the caller's profile. */
record NewProfile(
        @NotNull(message = "is required")
        @Pattern(regexp = "[A-Za-z0-9_]{3,30}", message = "has 3 to 30 of the characters a-z, 0-9 and _")
        String username,

        @Size(max = 80, message = "has at most 80 characters")
        String displayName,

        @WebAddress String avatarUrl,
        @WebAddress String bannerUrl,

        @Size(max = 2000, message = "has at most 2000 characters")
        String bio,

        @Size(max = 200, message = "has at most 200 characters")
        String tradingStyle,

        @Size(max = 10000, message = "has at most 10000 characters")
        String myStory,

        @Size(max = 10000, message = "has at most 10000 characters")
        String myWhy) {

    /** Names that stand for something else in paths, or that only the platform may speak under. */
    private static final Set<String> RESERVED = Set.of(
            "me",
            "admin",
            "administrator",
            "root",
            "internal",
            "system",
            "support",
            "help",
            "tradosphere",
            "moderator",
            "official",
            "null");

    /** The username as it is stored. */
    String storedUsername() {
        return username.toLowerCase(Locale.ROOT);
    }

    boolean isReserved() {
        return RESERVED.contains(storedUsername());
    }
}
