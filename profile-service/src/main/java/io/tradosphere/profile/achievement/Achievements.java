package io.tradosphere.profile.achievement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.profile.achievement.AchievementViews.Achievement;
import io.tradosphere.profile.achievement.AchievementViews.EarnedAchievement;
import io.tradosphere.profile.achievement.AchievementViews.NewAchievement;
import io.tradosphere.profile.directory.Directory;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/** Creates and lists achievements, and lists those a profile has earned. */
@ApplicationScoped
class Achievements {

    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(Map.of(
            "achievements_name_key",
            ProblemKind.ACHIEVEMENT_NAME_TAKEN.because("Names are case-insensitive; choose another.")));

    private static final String INSERT =
            "INSERT INTO achievements AS a (name, description, category, badge_icon_url, criteria)"
                    + " VALUES ($1, $2, $3, $4, $5) RETURNING " + Achievement.COLUMNS;
    private static final String LIST = "SELECT " + Achievement.COLUMNS + """
             FROM achievements a
            WHERE (a.created_at, a.id) < ($1, $2)
            ORDER BY a.created_at DESC, a.id DESC LIMIT $3
            """;
    private static final String EXISTS = "SELECT FROM profiles WHERE id = $1";
    private static final String EARNED = "SELECT u.earned_at, " + Achievement.COLUMNS + """
             FROM user_achievements u JOIN achievements a ON a.id = u.achievement_id
            WHERE u.user_id = $1 AND (u.earned_at, a.id) < ($2, $3)
            ORDER BY u.earned_at DESC, a.id DESC LIMIT $4
            """;

    private final SliceDatabase slice;
    private final ObjectMapper json;

    Achievements(SliceDatabase slice, ObjectMapper json) {
        this.slice = slice;
        this.json = json;
    }

    /**
     * Creates an achievement in an admin's transaction. A scheduled job awards it within seconds to profiles that
     * already qualify.
     */
    Uni<Answer> create(Tx tx, NewAchievement request) {
        return tx.execute(
                        INSERT,
                        request.name(),
                        request.description(),
                        EnumText.of(request.category()),
                        request.badgeIconUrl(),
                        json(request.criteria()))
                .map(rows -> Achievement.of(rows.iterator().next()))
                .map(achievement -> Answer.created("/v1/achievements", null, achievement));
    }

    Uni<Page<Achievement>> list(PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.publicRead(LIST, from.key(), from.id(), page.rows())
                .map(rows ->
                        page.page(Rows.list(rows, Achievement::of), last -> Cursor.after(last.createdAt(), last.id())));
    }

    /**
     * The achievements a profile has earned, newest first.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<Page<EarnedAchievement>> earnedBy(UUID profile, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.publicRead(EXISTS, profile)
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw Directory.unknown();
                    }
                })
                .chain(() -> slice.publicRead(EARNED, profile, from.key(), from.id(), page.rows()))
                .map(rows -> page.page(
                        Rows.list(
                                rows,
                                row -> new EarnedAchievement(Achievement.of(row), Rows.instant(row, "earned_at"))),
                        last -> Cursor.after(last.earnedAt(), last.achievement().id())));
    }

    private JsonObject json(Criteria criteria) {
        try {
            return new JsonObject(json.writeValueAsString(criteria));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Criteria cannot be written as JSON", impossible);
        }
    }
}
