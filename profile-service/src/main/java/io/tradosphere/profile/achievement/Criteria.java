package io.tradosphere.profile.achievement;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;

/**
 * What it takes to earn an achievement.
 *
 * @param all conditions that must hold at the same time
 */
record Criteria(
        @NotEmpty(message = "has at least one condition") @Size(max = 20, message = "has at most 20 conditions")
        List<@Valid @NotNull(message = "is a condition") Condition> all) {

    /**
     * A counter that has reached a value.
     *
     * @param metric which counter
     * @param gte the value it must have reached
     */
    record Condition(
            @NotNull(message = "is required") Metric metric,

            @NotNull(message = "is required") @PositiveOrZero(message = "is not negative")
            BigDecimal gte) {}

    /** The counters of a profile that criteria may name; as the function {@code metric} of the schema knows them. */
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
