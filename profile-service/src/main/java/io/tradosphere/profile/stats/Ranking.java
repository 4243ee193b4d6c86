package io.tradosphere.profile.stats;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** The order of profiles by followers: a copy of the counters, brought up to date every two seconds where it has to be. */
@ApplicationScoped
class Ranking implements Chore {

    /** DO UPDATE rather than DO NOTHING: its lock makes a refresh that is under way wait, and see this transaction's counts. */
    private static final String OUTDATED = """
            INSERT INTO ranking_due (profile_id) SELECT id FROM unnest($1::uuid[]) AS moved(id) ORDER BY id
            ON CONFLICT (profile_id) DO UPDATE SET updated_at = now()
            """;

    private static final String TAKE_DUE = """
            WITH due AS (SELECT profile_id FROM ranking_due ORDER BY profile_id LIMIT 5000 FOR UPDATE SKIP LOCKED)
            DELETE FROM ranking_due r USING due WHERE r.profile_id = due.profile_id RETURNING r.profile_id
            """;
    /** In a statement of its own, so that its snapshot is younger than the locks that TAKE_DUE waited for. */
    private static final String REFRESH = """
            UPDATE profile_ranking r SET follower_count = s.follower_count, updated_at = now()
            FROM profile_stats s
            WHERE s.profile_id = ANY($1::uuid[]) AND r.profile_id = s.profile_id AND r.follower_count <> s.follower_count
            """;

    private final Slice slice;

    Ranking(Slice slice) {
        this.slice = slice;
    }

    /** Notes, with the change of their counters, whose place is out of date. */
    Uni<Void> outdated(Tx tx, UUID[] profiles) {
        return tx.execute(OUTDATED, (Object) profiles).replaceWithVoid();
    }

    @Override
    public String name() {
        return "ranking by followers";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Uni<Void> run() {
        return slice.work(tx -> tx.execute(TAKE_DUE).chain(due -> {
            if (due.size() == 0) {
                return Uni.createFrom().voidItem();
            }
            UUID[] profiles = new UUID[due.size()];
            int next = 0;
            for (var row : due) {
                profiles[next++] = row.getUUID(0);
            }
            return tx.execute(REFRESH, (Object) profiles).replaceWithVoid();
        }));
    }
}
