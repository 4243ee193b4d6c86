package io.tradosphere.profile.achievement;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.http.WebAddress;
import io.tradosphere.platform.text.FreeText;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request and response bodies of achievements. */
final class AchievementViews {

    private AchievementViews() {}

    /** Category of an achievement. */
    @Schema(name = "AchievementCategory")
    enum Category {
        @JsonProperty("progression")
        PROGRESSION,
        @JsonProperty("skill")
        SKILL,
        @JsonProperty("community")
        COMMUNITY
    }

    /**
     * The request body that creates an achievement.
     *
     * @param name the name, unique
     * @param description what it is earned for
     * @param category what it is about
     * @param badgeIconUrl http or https address of the badge; optional
     * @param criteria what a profile must reach to earn it
     */
    record NewAchievement(
            @NotBlank(message = "is required") @FreeText @Size(max = 80, message = "has at most 80 characters")
            String name,

            @NotBlank(message = "is required")
            @FreeText(lines = true)
            @Size(max = 500, message = "has at most 500 characters")
            String description,

            @NotNull(message = "is required") Category category,
            @WebAddress String badgeIconUrl,
            @NotNull(message = "is required") @Valid Criteria criteria) {}

    /**
     * One that can be earned.
     *
     * @param id the id of the achievement
     * @param name the name, unique
     * @param description what it is earned for
     * @param category what it is about
     * @param badgeIconUrl address of the badge; null when there is none
     * @param criteria what a profile must reach to earn it
     * @param createdAt when it was created
     */
    record Achievement(
            UUID id,
            String name,
            String description,
            @Schema(implementation = Category.class) String category,
            @Nullable String badgeIconUrl,
            @Schema(implementation = Criteria.class) Map<String, Object> criteria,
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

    /**
     * An achievement a profile has earned.
     *
     * @param achievement the achievement
     * @param earnedAt when the profile earned it
     */
    record EarnedAchievement(Achievement achievement, Instant earnedAt) {}
}
