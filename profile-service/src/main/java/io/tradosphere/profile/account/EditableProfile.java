package io.tradosphere.profile.account;

import io.tradosphere.platform.http.WebAddress;
import io.vertx.sqlclient.Row;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What its owner can edit of a profile.
 *
 * @param journalPublic whether others may read the trading journal
 * @param stealthMode whether leaderboards hide the owner; gladiators and above
 */
record EditableProfile(
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
        String myWhy,

        @NotNull(message = "is true or false") Boolean journalPublic,
        @NotNull(message = "is true or false") Boolean stealthMode) {

    static EditableProfile of(Row row) {
        return new EditableProfile(
                row.getString("display_name"),
                row.getString("avatar_url"),
                row.getString("banner_url"),
                row.getString("bio"),
                row.getString("trading_style"),
                row.getString("my_story"),
                row.getString("my_why"),
                row.getBoolean("journal_public"),
                row.getBoolean("stealth_mode"));
    }

    boolean settingsDifferFrom(EditableProfile other) {
        return !journalPublic.equals(other.journalPublic) || !stealthMode.equals(other.stealthMode);
    }
}
