package io.tradosphere.profile.account;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.http.WebAddress;
import io.tradosphere.platform.text.FreeText;
import io.vertx.sqlclient.Row;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The editable fields of a profile.
 *
 * @param displayName the name to show; null for none
 * @param avatarUrl http or https address of the picture; null for none
 * @param bannerUrl http or https address of the wide picture; null for none
 * @param bio a few words about the person; null for none
 * @param tradingStyle how the person trades; null for none
 * @param myStory the person's story; null for none
 * @param myWhy why the person trades; null for none
 * @param journalPublic whether others may read the trading journal
 * @param stealthMode whether leaderboards hide the owner; for gladiator tier and above
 */
record EditableProfile(
        @Nullable @FreeText @Size(max = 80, message = "has at most 80 characters")
        String displayName,

        @Nullable @WebAddress String avatarUrl,
        @Nullable @WebAddress String bannerUrl,

        @Nullable @FreeText(lines = true) @Size(max = 2000, message = "has at most 2000 characters")
        String bio,

        @Nullable @FreeText @Size(max = 200, message = "has at most 200 characters")
        String tradingStyle,

        @Nullable @FreeText(lines = true) @Size(max = 10000, message = "has at most 10000 characters")
        String myStory,

        @Nullable @FreeText(lines = true) @Size(max = 10000, message = "has at most 10000 characters")
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
