package io.tradosphere.billing.payout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.CompetitionCompleted;
import io.tradosphere.contracts.competition.CompetitionEvent;
import io.tradosphere.contracts.competition.CompetitionResult;
import io.tradosphere.platform.db.Columns;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * An event consumer that stores the prizes of completed competitions, from every part of the results. Nobody pays pools in yet,
 * so a prize is unfunded until an admin releases it.
 */
@ApplicationScoped
class Prizes implements TransactionalConsumer<CompetitionEvent> {

    private static final String STORE = """
            INSERT INTO payouts (kind, source_id, winner_id, amount, currency, status)
            SELECT 'prize', $1, participant, amount, $2, 'unfunded'
            FROM unnest($3::uuid[], $4::numeric[]) AS prize (participant, amount) ORDER BY participant
            ON CONFLICT (kind, source_id, winner_id) DO NOTHING
            """;

    @Override
    public String purpose() {
        return "prizes";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.COMPETITIONS);
    }

    @Override
    public Dedup dedup() {
        return Dedup.INBOX;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<CompetitionEvent> batch) {
        List<CompetitionCompleted> completed = batch.deliveries().stream()
                .filter(delivery -> delivery.event() instanceof CompetitionCompleted)
                .map(delivery -> (CompetitionCompleted) delivery.event())
                .toList();
        return Multi.createFrom()
                .iterable(completed)
                .onItem()
                .transformToUniAndConcatenate(part -> store(tx, part))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Uni<Void> store(Tx tx, CompetitionCompleted part) {
        List<CompetitionResult> won = part.results().stream()
                .filter(result -> result.prize().signum() > 0)
                .toList();
        return won.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.execute(
                                STORE,
                                part.competitionId(),
                                part.currency(),
                                Columns.column(won, CompetitionResult::participantId, UUID[]::new),
                                Columns.column(won, CompetitionResult::prize, BigDecimal[]::new))
                        .replaceWithVoid();
    }
}
