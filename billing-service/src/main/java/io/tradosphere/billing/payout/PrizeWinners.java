package io.tradosphere.billing.payout;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * A scheduled job that names the winners of prizes. The results of a competition and its participants come by two topics, in any
 * order, and the person's replica by a third.
 */
@ApplicationScoped
class PrizeWinners implements ScheduledJob {

    /** An erased person is in no replica, so nobody is named again. */
    private static final String FILL = """
            UPDATE payouts SET profile_id = c.profile_id, incarnation = c.incarnation
            FROM prize_candidates c JOIN profiles p ON p.id = c.profile_id AND p.incarnation = c.incarnation
            WHERE payouts.kind = 'prize' AND payouts.profile_id IS NULL AND payouts.winner_id = c.participant_id
            """;
    /** Longer than the topic of competitions keeps their results. */
    private static final String EXPIRE = "DELETE FROM prize_candidates WHERE created_at < now() - INTERVAL '400 days'";

    private final SliceDatabase slice;

    PrizeWinners(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "prize-winners";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Uni<Void> run() {
        return fill().chain(() -> slice.asWorker(EXPIRE)).replaceWithVoid();
    }

    /** Names the winners that are known by now. */
    Uni<Void> fill() {
        return slice.asWorker(FILL).replaceWithVoid();
    }
}
