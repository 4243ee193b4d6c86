package io.tradosphere.profile.stats;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The order of profiles by followers: a copy of the counters, brought up to date every two seconds where it has to be. */
@ApplicationScoped
class Ranking implements Chore {

    /** DO UPDATE rather than DO NOTHING: it makes another version of a row that a refresh may have read. */
    private static final String OUTDATED = """
            INSERT INTO ranking_due (profile_id) SELECT id FROM unnest($1::uuid[]) AS moved(id) ORDER BY id
            ON CONFLICT (profile_id) DO UPDATE SET updated_at = now()
            """;

    /** One replica at a time, lest a slow one's older counts come last. */
    private static final String TAKE_TURN = "SELECT pg_try_advisory_xact_lock(hashtextextended('profile ranking', 0))";

    private static final String DUE =
            "SELECT profile_id, xmin::text AS version FROM ranking_due ORDER BY profile_id LIMIT 5000";

    /** Begun after {@link #DUE}, it sees the counts that came with what that saw. */
    private static final String REFRESH = """
            WITH moved AS MATERIALIZED (
              SELECT r.profile_id, s.follower_count FROM profile_ranking r JOIN profile_stats s USING (profile_id)
              WHERE r.profile_id = ANY($1::uuid[]) AND r.follower_count <> s.follower_count
              ORDER BY r.profile_id FOR UPDATE OF r
            )
            UPDATE profile_ranking r SET follower_count = moved.follower_count, updated_at = now()
            FROM moved WHERE r.profile_id = moved.profile_id
            """;

    /**
     * What was noted again in the meantime stays. A transaction of its own, since whoever counts followers waits for the rows that
     * this locks: the refresh itself holds up nobody. What a crash leaves behind is refreshed once more.
     */
    private static final String DONE = """
            WITH refreshed AS MATERIALIZED (
              SELECT r.profile_id
              FROM ranking_due r JOIN unnest($1::uuid[], $2::text[]) AS due(profile_id, version) USING (profile_id)
              WHERE r.xmin::text = due.version ORDER BY r.profile_id FOR UPDATE OF r
            )
            DELETE FROM ranking_due r USING refreshed WHERE r.profile_id = refreshed.profile_id
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
        return slice.work(this::refresh)
                .chain(refreshed -> refreshed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : slice.workOnce(
                                        DONE,
                                        column(refreshed, Due::profile, UUID[]::new),
                                        column(refreshed, Due::version, String[]::new))
                                .replaceWithVoid());
    }

    /** Whose place is up to date now; nobody's where another replica is at it. */
    private Uni<List<Due>> refresh(Tx tx) {
        return tx.execute(TAKE_TURN)
                .chain(turn -> turn.iterator().next().getBoolean(0)
                        ? tx.execute(DUE)
                                .map(rows -> Rows.list(
                                        rows, row -> new Due(row.getUUID("profile_id"), row.getString("version"))))
                                .call(due -> due.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : tx.execute(REFRESH, (Object) column(due, Due::profile, UUID[]::new))
                                                .replaceWithVoid())
                        : Uni.createFrom().item(List.of()));
    }

    /** A note that somebody's place is out of date, as it stood when it was read. */
    private record Due(UUID profile, String version) {}
}
