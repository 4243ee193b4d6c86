package io.tradosphere.competition.lifecycle;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Ends competitions when their time has come and what was reported in time has been scored; each once, whoever else is at it. */
@ApplicationScoped
class CompletionChore implements Chore {

    private static final Logger LOG = Logger.getLogger(CompletionChore.class);
    private static final int AT_ONCE = 20;

    /** So long a trade may take from its report into the topic. */
    private static final String DUE = """
            SELECT id FROM competitions
            WHERE status = 'active' AND ends_at <= clock_timestamp() - interval '2 seconds' ORDER BY ends_at LIMIT $1
            """;

    private final Slice slice;
    private final TradesArrival arrival;
    private final Completion completion;

    CompletionChore(Slice slice, TradesArrival arrival, Completion completion) {
        this.slice = slice;
        this.arrival = arrival;
        this.completion = completion;
    }

    @Override
    public String name() {
        return "ending competitions";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.workOnce(DUE, AT_ONCE)
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : arrival.of(due)
                                .chain(arrived -> Multi.createFrom()
                                        .iterable(due)
                                        .filter(arrived::contains)
                                        .onItem()
                                        .transformToUniAndConcatenate(this::complete)
                                        .collect()
                                        .last()));
    }

    /** One that cannot end keeps none of the others waiting. */
    private Uni<Void> complete(UUID competition) {
        return slice.work(tx -> completion.complete(tx, competition))
                .onFailure()
                .invoke(failure -> LOG.warnf("%s is ended again soon: %s", competition, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
