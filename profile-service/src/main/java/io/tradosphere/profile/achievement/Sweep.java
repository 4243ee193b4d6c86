package io.tradosphere.profile.achievement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * Finds those who qualified for an achievement before it existed, thousand by thousand; where it has come to stands with the
 * achievement, so a restart goes on from there.
 */
@ApplicationScoped
class Sweep implements Chore {

    private static final int AT_ONCE = 1_000;

    private static final String TAKE =
            "SELECT id, sweep_after FROM achievements WHERE sweep_after IS NOT NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";
    private static final String NEXT =
            "SELECT profile_id FROM profile_stats WHERE profile_id > $1 ORDER BY profile_id LIMIT $2";
    private static final String COME_TO = "UPDATE achievements SET sweep_after = $2 WHERE id = $1";

    private final Slice slice;
    private final Awards awards;

    Sweep(Slice slice, Awards awards) {
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

    /** Goes on until nothing is left to sweep, so that a new achievement reaches everybody within seconds. */
    @Override
    public Uni<Void> run() {
        return slice.workInParts(this::step);
    }

    private Uni<Boolean> step(Tx tx) {
        return tx.execute(TAKE)
                .chain(taken -> Rows.first(taken, row -> row)
                        .map(achievement -> sweep(tx, achievement).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Void> sweep(Tx tx, Row achievement) {
        UUID id = achievement.getUUID("id");
        return tx.execute(NEXT, achievement.getUUID("sweep_after"), AT_ONCE).chain(rows -> {
            UUID[] people = Rows.list(rows, row -> row.getUUID(0)).toArray(UUID[]::new);
            UUID last = people.length < AT_ONCE ? null : people[people.length - 1];
            return awards.evaluate(tx, people, id)
                    .chain(() -> tx.execute(COME_TO, id, last))
                    .replaceWithVoid();
        });
    }
}
