package io.tradosphere.messaging.realtime;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A scheduled job that deletes unused tickets and removals older than 30 days. */
@ApplicationScoped
class RealtimeExpiry implements ScheduledJob {

    private static final int BATCH_SIZE = 1_000;

    private static final String DELETE_TICKETS = "DELETE FROM realtime_tickets WHERE expires_at < now()";

    private static final String OLD = """
            SELECT DISTINCT user_id FROM (
              SELECT user_id FROM removals WHERE created_at < now() - INTERVAL '30 days' LIMIT $1) AS old
            """;

    private static final String LOCK = "SELECT lock_mailboxes($1::uuid[])";

    /** A stream that would resume before them is told of a gap. */
    private static final String FORGET = """
            WITH gone AS (
              DELETE FROM removals WHERE user_id = ANY ($1::uuid[]) AND created_at < now() - INTERVAL '30 days'
              RETURNING user_id, change
            )
            UPDATE mailboxes m SET forgotten_until = greatest(m.forgotten_until, latest.change)
            FROM (SELECT user_id, max(change) AS change FROM gone GROUP BY user_id) AS latest
            WHERE m.user_id = latest.user_id
            """;

    private final SliceDatabase slice;

    RealtimeExpiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "realtime expiry";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DELETE_TICKETS).chain(() -> slice.asWorkerInBatches(RealtimeExpiry::forgetBatch));
    }

    private static Uni<Boolean> forgetBatch(Tx tx) {
        return tx.execute(OLD, BATCH_SIZE).chain(rows -> {
            List<UUID> people = new ArrayList<>();
            for (Row row : rows) {
                people.add(row.getUUID("user_id"));
            }
            if (people.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            Object array = people.toArray(UUID[]::new);
            return tx.execute(LOCK, array)
                    .chain(() -> tx.execute(FORGET, array))
                    .replaceWith(true);
        });
    }
}
