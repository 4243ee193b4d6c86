package io.tradosphere.profile.achievement;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.http.WebAddress;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What the API says of achievements. */
final class AchievementViews {

    private AchievementViews() {}

    /** What kind of achievement it is. */
    enum Category {
        @JsonProperty("progression")
        PROGRESSION,
        @JsonProperty("skill")
        SKILL,
        @JsonProperty("community")
        COMMUNITY
    }

    /** The request that makes one. */
    record NewAchievement(
            @NotBlank(message = "is required") @Size(max = 80, message = "has at most 80 characters")
            String name,

            @NotBlank(message = "is required") @Size(max = 500, message = "has at most 500 characters")
            String description,

            @NotNull(message = "is required") Category category,
            @WebAddress String badgeIconUrl,
            @NotNull(message = "is required") @Valid Criteria criteria) {}

    /** One that can be earned. */
    record Achievement(
            UUID id,
            String name,
            String description,
            String category,
            String badgeIconUrl,
            Map<String, Object> criteria,
            Instant createdAt) {

        static final String COLUMNS =
                "a.id, a.name, a.description, a.category, a.badge_icon_url, a.criteria, a.created_at";

        static Achievement of(Row row) {
            return new Achievement(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getString("description"),
                    row.getString("category"),
                    row.getString("badge_icon_url"),
                    row.get(JsonObject.class, "criteria").getMap(),
                    Rows.instant(row, "created_at"));
        }
    }

    /** One that somebody has earned. */
    record EarnedAchievement(Achievement achievement, Instant earnedAt) {}
}
