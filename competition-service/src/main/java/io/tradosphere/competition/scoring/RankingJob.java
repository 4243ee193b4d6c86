package io.tradosphere.competition.scoring;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** A scheduled job that ranks competitions with stale rankings, each at most once a second. */
@ApplicationScoped
class RankingJob implements ScheduledJob {

    private static final Logger LOG = Logger.getLogger(RankingJob.class);
    private static final int BATCH_SIZE = 50;

    /** A large competition takes seconds, so small ones are ranked concurrently. */
    private static final int CONCURRENCY = 2;

    private static final String DUE = """
            SELECT competition_id FROM rankings
            WHERE stale_since IS NOT NULL AND (ranked_at IS NULL OR ranked_at <= clock_timestamp() - interval '1 second')
            ORDER BY stale_since LIMIT $1
            """;

    private final SliceDatabase slice;
    private final Ranking ranking;

    RankingJob(SliceDatabase slice, Ranking ranking) {
        this.slice = slice;
        this.ranking = ranking;
    }

    @Override
    public String name() {
        return "competition ranking";
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(500);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DUE, BATCH_SIZE)
                .map(rows -> Rows.list(rows, row -> row.getUUID("competition_id")))
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUni(this::rank)
                        .merge(CONCURRENCY)
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /** A failure is logged and retried in the next run, and the other competitions continue. */
    private Uni<Boolean> rank(UUID competition) {
        return slice.asWorker(tx -> ranking.rankIfDue(tx, competition))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Ranking competition %s failed and is retried: %s", competition, failure.getMessage()))
                .onFailure()
                .recoverWithItem(false);
    }
}
