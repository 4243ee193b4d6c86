package io.tradosphere.competition.scoring;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Ranks competitions anew in which something has changed, each at most once a second. */
@ApplicationScoped
class RankingChore implements Chore {

    private static final Logger LOG = Logger.getLogger(RankingChore.class);
    private static final int AT_ONCE = 50;

    /** A large one takes seconds, and the small ones need not wait for it. */
    private static final int RANKED_TOGETHER = 2;

    private static final String DUE = """
            SELECT competition_id FROM rankings
            WHERE stale_since IS NOT NULL AND (ranked_at IS NULL OR ranked_at <= clock_timestamp() - interval '1 second')
            ORDER BY stale_since LIMIT $1
            """;

    private final Slice slice;
    private final Ranking ranking;

    RankingChore(Slice slice, Ranking ranking) {
        this.slice = slice;
        this.ranking = ranking;
    }

    @Override
    public String name() {
        return "ranking competitions";
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(500);
    }

    @Override
    public Uni<Void> run() {
        return slice.workOnce(DUE, AT_ONCE)
                .map(rows -> Rows.list(rows, row -> row.getUUID("competition_id")))
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUni(this::rank)
                        .merge(RANKED_TOGETHER)
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /** One that cannot be ranked keeps none of the others waiting. */
    private Uni<Boolean> rank(UUID competition) {
        return slice.work(tx -> ranking.rankIfDue(tx, competition))
                .onFailure()
                .invoke(failure -> LOG.warnf("%s is ranked again soon: %s", competition, failure.getMessage()))
                .onFailure()
                .recoverWithItem(false);
    }
}
