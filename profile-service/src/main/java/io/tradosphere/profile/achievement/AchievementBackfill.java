package io.tradosphere.profile.achievement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * A scheduled job that awards a new achievement to profiles that already qualify. It runs in batches and stores its
 * progress with the achievement, so a restart continues from there.
 */
@ApplicationScoped
class AchievementBackfill implements ScheduledJob {

    private static final int BATCH_SIZE = 1_000;

    private static final String LOCK_NEXT_ACHIEVEMENT =
            "SELECT id, sweep_after FROM achievements WHERE sweep_after IS NOT NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";
    private static final String NEXT_PROFILES =
            "SELECT profile_id FROM profile_stats WHERE profile_id > $1 ORDER BY profile_id LIMIT $2";
    private static final String SAVE_PROGRESS = "UPDATE achievements SET sweep_after = $2 WHERE id = $1";

    private final SliceDatabase slice;
    private final Awards awards;

    AchievementBackfill(SliceDatabase slice, Awards awards) {
        this.slice = slice;
        this.awards = awards;
    }

    @Override
    public String name() {
        return "achievements of those who already qualify";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(3);
    }

    /** Runs until no achievement is left to backfill, so a new achievement reaches every profile within seconds. */
    @Override
    public Uni<Void> run() {
        return slice.asWorkerInBatches(this::backfillBatch);
    }

    private Uni<Boolean> backfillBatch(Tx tx) {
        return tx.execute(LOCK_NEXT_ACHIEVEMENT)
                .chain(locked -> Rows.first(locked, row -> row)
                        .map(achievement -> backfill(tx, achievement).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Void> backfill(Tx tx, Row achievement) {
        UUID id = achievement.getUUID("id");
        return tx.execute(NEXT_PROFILES, achievement.getUUID("sweep_after"), BATCH_SIZE)
                .chain(rows -> {
                    UUID[] profiles = Rows.list(rows, row -> row.getUUID(0)).toArray(UUID[]::new);
                    UUID last = profiles.length < BATCH_SIZE ? null : profiles[profiles.length - 1];
                    return awards.evaluate(tx, profiles, id)
                            .chain(() -> tx.execute(SAVE_PROGRESS, id, last))
                            .replaceWithVoid();
                });
    }
}
