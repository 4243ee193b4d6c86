package io.tradosphere.profile.stats;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A scheduled job that maintains the ranking of profiles by followers. It copies changed counters into the indexed
 * ranking every two seconds.
 */
@ApplicationScoped
class Ranking implements ScheduledJob {

    /**
     * DO UPDATE rather than DO NOTHING creates a new row version. A refresh that has read the old version then leaves
     * the row due.
     */
    private static final String MARK_DUE = """
            INSERT INTO ranking_due (profile_id) SELECT id FROM unnest($1::uuid[]) AS changed(id) ORDER BY id
            ON CONFLICT (profile_id) DO UPDATE SET updated_at = now()
            """;

    /** One replica refreshes at a time. Otherwise a slow replica could overwrite newer counts with older ones. */
    private static final String TRY_LOCK = "SELECT auth.try_lock('ranking')";

    private static final String SELECT_DUE =
            "SELECT profile_id, xmin::text AS version FROM ranking_due ORDER BY profile_id LIMIT 5000";

    /** It starts after {@link #SELECT_DUE}, so it sees the counts that were committed with the due rows. */
    private static final String REFRESH = """
            WITH changed AS MATERIALIZED (
              SELECT r.profile_id, s.follower_count FROM profile_ranking r JOIN profile_stats s USING (profile_id)
              WHERE r.profile_id = ANY($1::uuid[]) AND r.follower_count <> s.follower_count
              ORDER BY r.profile_id FOR UPDATE OF r
            )
            UPDATE profile_ranking r SET follower_count = changed.follower_count, updated_at = now()
            FROM changed WHERE r.profile_id = changed.profile_id
            """;

    /**
     * Rows marked due again in the meantime stay. Rows left over by a crash are refreshed once more.
     *
     * <p>This is a transaction of its own: a follow waits for the rows that it locks, but not for the refresh itself.
     */
    private static final String DELETE_REFRESHED = """
            WITH refreshed AS MATERIALIZED (
              SELECT r.profile_id
              FROM ranking_due r JOIN unnest($1::uuid[], $2::text[]) AS due(profile_id, version) USING (profile_id)
              WHERE r.xmin::text = due.version ORDER BY r.profile_id FOR UPDATE OF r
            )
            DELETE FROM ranking_due r USING refreshed WHERE r.profile_id = refreshed.profile_id
            """;

    private final SliceDatabase slice;

    Ranking(SliceDatabase slice) {
        this.slice = slice;
    }

    /** Marks profiles as due for a refresh, in the transaction that changes their counters. */
    Uni<Void> markDue(Tx tx, UUID[] profiles) {
        return tx.execute(MARK_DUE, (Object) profiles).replaceWithVoid();
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
        return slice.asWorker(this::refresh)
                .chain(refreshed -> refreshed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : slice.asWorker(
                                        DELETE_REFRESHED,
                                        column(refreshed, Due::profile, UUID[]::new),
                                        column(refreshed, Due::version, String[]::new))
                                .replaceWithVoid());
    }

    /** The profiles refreshed; empty while another replica holds the lock. */
    private Uni<List<Due>> refresh(Tx tx) {
        return tx.execute(TRY_LOCK)
                .chain(lock -> lock.iterator().next().getBoolean(0)
                        ? tx.execute(SELECT_DUE)
                                .map(rows -> Rows.list(
                                        rows, row -> new Due(row.getUUID("profile_id"), row.getString("version"))))
                                .call(due -> due.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : tx.execute(REFRESH, (Object) column(due, Due::profile, UUID[]::new))
                                                .replaceWithVoid())
                        : Uni.createFrom().item(List.of()));
    }

    /** A profile due for a refresh, and the version of its row as it was read. */
    private record Due(UUID profile, String version) {}
}
