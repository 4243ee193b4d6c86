package io.tradosphere.competition.lifecycle;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A scheduled job that completes competitions after their end. It waits until the trades reported before the end are scored.
 * Concurrent instances complete each competition once.
 */
@ApplicationScoped
class CompletionJob implements ScheduledJob {

    private static final Logger LOG = Logger.getLogger(CompletionJob.class);
    private static final int BATCH_SIZE = 20;

    private static final String DUE = """
            SELECT id FROM competitions
            WHERE status = 'active' AND ends_at <= clock_timestamp() - make_interval(secs => $2) ORDER BY ends_at LIMIT $1
            """;

    private final SliceDatabase slice;
    private final TradeTopicProgress tradeProgress;
    private final Completion completion;
    private final double graceSeconds;

    /**
     * @param grace the time between a competition's end and its completion; it covers the longest transaction that reports a trade
     *     (the role's {@code transaction_timeout}) and the way of its event to the topic
     */
    CompletionJob(
            SliceDatabase slice,
            TradeTopicProgress tradeProgress,
            Completion completion,
            @ConfigProperty(name = "tradosphere.competition.completion-grace") Duration grace) {
        this.slice = slice;
        this.tradeProgress = tradeProgress;
        this.completion = completion;
        this.graceSeconds = grace.toMillis() / 1_000.0;
    }

    @Override
    public String name() {
        return "competition completion";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DUE, BATCH_SIZE, graceSeconds)
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tradeProgress
                                .scored(due)
                                .chain(scored -> Multi.createFrom()
                                        .iterable(due)
                                        .filter(scored::contains)
                                        .onItem()
                                        .transformToUniAndConcatenate(this::complete)
                                        .collect()
                                        .last()));
    }

    /** A failure is logged and retried in the next run, and the other competitions continue. */
    private Uni<Void> complete(UUID competition) {
        return slice.asWorker(tx -> completion.complete(tx, competition))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Completing competition %s failed and is retried: %s", competition, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
