package io.tradosphere.competition.lifecycle;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.competition.CompetitionStarted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** A scheduled job that starts competitions at their start time. Concurrent instances start each competition once. */
@ApplicationScoped
class StartJob implements ScheduledJob {

    private static final Logger LOG = Logger.getLogger(StartJob.class);
    private static final int BATCH_SIZE = 100;

    private static final String DUE = """
            SELECT id FROM competitions WHERE status = 'upcoming' AND starts_at <= clock_timestamp() ORDER BY starts_at LIMIT $1
            """;
    /** The update waits for concurrent joins and edits, and then checks its conditions again. */
    private static final String START = """
            UPDATE competitions c SET status = 'active'
            WHERE id = $1 AND status = 'upcoming' AND starts_at <= clock_timestamp()
            RETURNING id, name, creator_id, participant_count, ends_at, version, now() AS started_at,
              (SELECT p.incarnation FROM profiles p WHERE p.id = c.creator_id) AS creator_incarnation
            """;

    private final SliceDatabase slice;

    StartJob(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "competition start";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DUE, BATCH_SIZE)
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(this::start)
                        .collect()
                        .last());
    }

    /** A failure is logged and retried in the next run, and the other competitions continue. */
    private Uni<Void> start(UUID competition) {
        return slice.asWorker(tx -> tx.execute(START, competition)
                        .chain(rows -> Rows.first(rows, row -> row)
                                .map(row -> publish(tx, row))
                                .orElseGet(() -> Uni.createFrom().voidItem())))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Starting competition %s failed and is retried: %s", competition, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static Uni<Void> publish(Tx tx, Row row) {
        return tx.publishVersion(
                row.getLong("version"),
                new CompetitionStarted(
                        row.getUUID("id"),
                        row.getString("name"),
                        row.getUUID("creator_id"),
                        row.getLong("creator_incarnation"),
                        Math.toIntExact(row.getLong("participant_count")),
                        Rows.instant(row, "ends_at"),
                        Rows.instant(row, "started_at")));
    }
}
