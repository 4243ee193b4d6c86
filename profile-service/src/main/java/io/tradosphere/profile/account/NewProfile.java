package io.tradosphere.profile.account;

import io.tradosphere.platform.http.WebAddress;
import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;

/**
 * The request body that creates the caller's profile.
 *
 * @param username 3 to 30 of the characters a-z, 0-9 and _, in any case; it is stored in lower case
 * @param displayName the name to show; optional
 * @param avatarUrl http or https address of the picture; optional
 * @param bannerUrl http or https address of the wide picture; optional
 * @param bio a few words about the person; optional
 * @param tradingStyle how the person trades; optional
 * @param myStory the person's story; optional
 * @param myWhy why the person trades; optional
 */
record NewProfile(
        @NotNull(message = "is required")
        @Pattern(regexp = "[A-Za-z0-9_]{3,30}", message = "has 3 to 30 of the characters a-z, 0-9 and _")
        String username,

        @FreeText @Size(max = 80, message = "has at most 80 characters")
        String displayName,

        @WebAddress String avatarUrl,
        @WebAddress String bannerUrl,

        @FreeText(lines = true) @Size(max = 2000, message = "has at most 2000 characters")
        String bio,

        @FreeText @Size(max = 200, message = "has at most 200 characters")
        String tradingStyle,

        @FreeText(lines = true) @Size(max = 10000, message = "has at most 10000 characters")
        String myStory,

        @FreeText(lines = true) @Size(max = 10000, message = "has at most 10000 characters")
        String myWhy) {

    /** The username as it is stored. */
    String storedUsername() {
        return username.toLowerCase(Locale.ROOT);
    }

    boolean isReserved() {
        return ReservedUsernames.contains(storedUsername());
    }
}
