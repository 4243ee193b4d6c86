package io.tradosphere.billing.payout;

import static io.tradosphere.platform.inbox.Delivery.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.CompetitionParticipantEvent;
import io.tradosphere.contracts.competition.ParticipantJoined;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** An event consumer that remembers whose participation is whose. The results name no hidden winner. */
@ApplicationScoped
class PrizeCandidates implements TransactionalConsumer<CompetitionParticipantEvent> {

    private static final String STORE = """
            INSERT INTO prize_candidates (participant_id, competition_id, profile_id, incarnation)
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[])
              AS joined (participant_id, competition_id, profile_id, incarnation)
            WHERE NOT EXISTS (
              SELECT FROM erased_profiles e
              WHERE e.pseudonym = auth.pseudonym(joined.profile_id) AND e.incarnation >= joined.incarnation)
            ORDER BY participant_id
            ON CONFLICT (participant_id) DO NOTHING
            """;

    @Override
    public String purpose() {
        return "prize-candidates";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PARTICIPANTS);
    }

    @Override
    public Dedup dedup() {
        return Dedup.INBOX;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<CompetitionParticipantEvent> batch) {
        List<Delivery<CompetitionParticipantEvent>> joined = batch.deliveries().stream()
                .filter(delivery -> delivery.event() instanceof ParticipantJoined)
                .toList();
        return joined.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.execute(
                                STORE,
                                column(joined, event -> of(event).participantId(), UUID[]::new),
                                column(joined, event -> of(event).competitionId(), UUID[]::new),
                                column(joined, event -> of(event).profileId(), UUID[]::new),
                                column(joined, event -> of(event).incarnation(), Long[]::new))
                        .replaceWithVoid();
    }

    private static ParticipantJoined of(CompetitionParticipantEvent event) {
        return (ParticipantJoined) event;
    }
}
