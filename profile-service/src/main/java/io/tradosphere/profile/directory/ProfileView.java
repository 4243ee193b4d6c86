package io.tradosphere.profile.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A profile in the API.
 *
 * @param id the id of the profile
 * @param username the username, lower case
 * @param displayName the name to show; null when there is none
 * @param avatarUrl address of the picture; null when there is none
 * @param bannerUrl address of the wide picture; null when there is none
 * @param bio a few words about the person; null when there are none
 * @param tradingStyle how the person trades; null when not said
 * @param myStory the person's story; null when not told
 * @param myWhy why the person trades; null when not said
 * @param tier the tier of the profile
 * @param tierSince since when it has the tier
 * @param stats counters of the profile
 * @param journalPublic whether others may read the trading journal
 * @param stealthMode whether leaderboards hide the owner; absent unless the caller is the owner
 * @param createdAt when it was created
 * @param lastSeen when the owner last made a request, up to five minutes old
 */
@Schema(name = "Profile")
public record ProfileView(
        UUID id,
        String username,
        @Nullable String displayName,
        @Nullable String avatarUrl,
        @Nullable String bannerUrl,
        @Nullable String bio,
        @Nullable String tradingStyle,
        @Nullable String myStory,
        @Nullable String myWhy,
        @Schema(implementation = Tier.class) String tier,
        Instant tierSince,
        Stats stats,
        boolean journalPublic,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean stealthMode,
        Instant createdAt,
        Instant lastSeen) {

    /**
     * Counters maintained from events.
     *
     * @param totalSignals signals posted
     * @param hitSignals signals whose target was reached
     * @param missSignals signals whose stop was reached
     * @param cancelledSignals signals that their creator cancelled before an outcome; they stay visible
     * @param verifiedHits hits resolved by the market, not by the creator
     * @param winRate hits as a percentage of hits and misses, with two decimals; null before the first
     * @param winStreak hits since the last miss, in the order of resolution
     * @param maxWinStreak the longest such streak
     * @param followerCount profiles that follow
     * @param subscriberCount profiles with an active paid subscription
     */
    @Schema(name = "ProfileStats")
    public record Stats(
            long totalSignals,
            long hitSignals,
            long missSignals,
            long cancelledSignals,
            long verifiedHits,

            @Nullable @Schema(minimum = "0", maximum = "100")
            BigDecimal winRate,

            long winStreak,
            long maxWinStreak,
            long followerCount,
            long subscriberCount) {

        static Stats of(Row row) {
            long hits = row.getLong("hit_signals");
            long misses = row.getLong("miss_signals");
            return new Stats(
                    row.getLong("total_signals"),
                    hits,
                    misses,
                    row.getLong("cancelled_signals"),
                    row.getLong("verified_hits"),
                    winRate(hits, misses),
                    row.getLong("win_streak"),
                    row.getLong("max_win_streak"),
                    row.getLong("follower_count"),
                    row.getLong("subscriber_count"));
        }

        /** hit / (hit + miss) · 100; cancelled signals are not counted. */
        private static BigDecimal winRate(long hits, long misses) {
            long resolved = hits + misses;
            return resolved == 0
                    ? null
                    : BigDecimal.valueOf(hits * 100).divide(BigDecimal.valueOf(resolved), 2, RoundingMode.HALF_UP);
        }
    }

    /** The columns of a view without its owner's settings. */
    public static final String COLUMNS = """
            p.id, p.username, p.display_name, p.avatar_url, p.banner_url, p.bio, p.trading_style, p.my_story, p.my_why,
            p.tier, p.tier_since, p.journal_public, p.created_at, p.version, v.last_seen,
            s.total_signals, s.hit_signals, s.miss_signals, s.cancelled_signals, s.verified_hits, s.win_streak,
            s.max_win_streak, s.follower_count, s.subscriber_count
            """;

    /** The tables behind {@link #COLUMNS}. */
    public static final String TABLES =
            "profiles p JOIN profile_stats s ON s.profile_id = p.id JOIN profile_presence v ON v.profile_id = p.id";

    /** A row of {@link #COLUMNS}, with the owner's {@code stealth_mode} if the statement selects it. */
    public static ProfileView of(Row row) {
        return new ProfileView(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("avatar_url"),
                row.getString("banner_url"),
                row.getString("bio"),
                row.getString("trading_style"),
                row.getString("my_story"),
                row.getString("my_why"),
                row.getString("tier"),
                Rows.instant(row, "tier_since"),
                Stats.of(row),
                row.getBoolean("journal_public"),
                row.getColumnIndex("stealth_mode") < 0 ? null : row.getBoolean("stealth_mode"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "last_seen"));
    }
}
