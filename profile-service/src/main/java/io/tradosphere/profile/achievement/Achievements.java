package io.tradosphere.profile.achievement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.profile.achievement.AchievementViews.Achievement;
import io.tradosphere.profile.achievement.AchievementViews.EarnedAchievement;
import io.tradosphere.profile.achievement.AchievementViews.NewAchievement;
import io.tradosphere.profile.directory.Directory;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The achievements there are, and who has earned which. */
@ApplicationScoped
class Achievements {

    static final ProblemKind NAME_TAKEN =
            new ProblemKind("achievement-name-taken", 409, "There is an achievement of this name already");

    private static final String INSERT =
            "INSERT INTO achievements AS a (name, description, category, badge_icon_url, criteria)"
                    + " VALUES ($1, $2, $3, $4, $5) RETURNING " + Achievement.COLUMNS;
    private static final String LIST = "SELECT " + Achievement.COLUMNS + """
             FROM achievements a
            WHERE (a.created_at, a.id)
              < (coalesce($1, 'infinity'::timestamptz), coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            ORDER BY a.created_at DESC, a.id DESC LIMIT $3
            """;
    private static final String EXISTS = "SELECT FROM profiles WHERE id = $1";
    private static final String EARNED = "SELECT u.earned_at, " + Achievement.COLUMNS + """
             FROM user_achievements u JOIN achievements a ON a.id = u.achievement_id
            WHERE u.user_id = $1 AND (u.earned_at, a.id)
              < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            ORDER BY u.earned_at DESC, a.id DESC LIMIT $4
            """;

    private final Slice slice;
    private final ObjectMapper json;

    Achievements(Slice slice, ObjectMapper json) {
        this.slice = slice;
        this.json = json;
    }

    /** Makes one, within an admin's transaction; those who already qualify get it within seconds. */
    Uni<Answer> create(Tx tx, NewAchievement made) {
        return tx.execute(
                        INSERT,
                        made.name(),
                        made.description(),
                        made.category().name().toLowerCase(Locale.ROOT),
                        made.badgeIconUrl(),
                        json(made.criteria()))
                .map(rows -> Achievement.of(rows.iterator().next()))
                .map(achievement -> Answer.created("/v1/achievements", null, achievement));
    }

    /** A unique index's refusal in the client's words; any other failure as it is. */
    static Throwable explain(Throwable failure) {
        return SqlFailure.violates(failure, "achievements_name_key")
                ? NAME_TAKEN.because("Names are told apart whatever their case; choose another.")
                : failure;
    }

    Uni<Page<Achievement>> list(PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return slice.publicRead(
                        LIST,
                        after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows())
                .map(rows ->
                        page.page(Rows.list(rows, Achievement::of), last -> Cursor.after(last.createdAt(), last.id())));
    }

    /**
     * What somebody has earned, newest first.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<Page<EarnedAchievement>> earnedBy(UUID profile, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return slice.publicRead(EXISTS, profile)
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw Directory.unknown();
                    }
                })
                .chain(() -> slice.publicRead(
                        EARNED,
                        profile,
                        after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows()))
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
