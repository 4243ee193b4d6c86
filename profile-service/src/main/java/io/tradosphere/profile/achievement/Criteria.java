package io.tradosphere.profile.achievement;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The criteria of an achievement.
 *
 * @param all conditions that must hold at the same time
 */
@Schema(name = "AchievementCriteria")
record Criteria(
        @NotEmpty(message = "has at least one condition") @Size(max = 20, message = "has at most 20 conditions")
        List<@Valid @NotNull(message = "is a condition") Condition> all) {

    /**
     * A lower bound of a counter.
     *
     * @param metric the counter
     * @param gte the least value that satisfies the condition
     */
    @Schema(name = "AchievementCondition")
    record Condition(
            @NotNull(message = "is required") Metric metric,

            @NotNull(message = "is required") @PositiveOrZero(message = "is not negative")
            BigDecimal gte) {}

    /** The counters that criteria may name. The SQL function {@code metric} reads their values. */
    @Schema(name = "AchievementMetric")
    enum Metric {
        @JsonProperty("totalSignals")
        TOTAL_SIGNALS,
        @JsonProperty("hitSignals")
        HIT_SIGNALS,
        @JsonProperty("missSignals")
        MISS_SIGNALS,
        @JsonProperty("verifiedHits")
        VERIFIED_HITS,
        @JsonProperty("winRate")
        WIN_RATE,
        @JsonProperty("winStreak")
        WIN_STREAK,
        @JsonProperty("maxWinStreak")
        MAX_WIN_STREAK,
        @JsonProperty("followerCount")
        FOLLOWER_COUNT,
        @JsonProperty("subscriberCount")
        SUBSCRIBER_COUNT
    }
}
