package io.tradosphere.messaging.notification;

import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.CompetitionCompleted;
import io.tradosphere.contracts.competition.CompetitionParticipantEvent;
import io.tradosphere.contracts.competition.CompetitionResult;
import io.tradosphere.contracts.competition.CompetitionStarted;
import io.tradosphere.contracts.competition.ParticipantJoined;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A consumer of competitions. It keeps a replica of the participants, starts a fan-out to them when a competition
 * starts, and notifies each of the result.
 */
@ApplicationScoped
class CompetitionConsumer implements TransactionalConsumer<Event> {

    /** An event of an ended incarnation leaves no row. */
    private static final String UPSERT = """
            INSERT INTO participants AS known (participant_id, competition_id, profile_id, incarnation, takes_part, sequence)
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::boolean[], $6::bigint[])
              AS incoming (participant_id, competition_id, profile_id, incarnation, takes_part, sequence)
            WHERE NOT EXISTS (SELECT FROM profiles p WHERE p.id = incoming.profile_id AND p.incarnation > incoming.incarnation)
              AND NOT EXISTS (SELECT FROM erased_profiles e
                WHERE e.pseudonym = auth.pseudonym(incoming.profile_id) AND e.incarnation >= incoming.incarnation)
            ORDER BY participant_id
            ON CONFLICT (participant_id) DO UPDATE SET takes_part = EXCLUDED.takes_part, sequence = EXCLUDED.sequence
            WHERE known.sequence < EXCLUDED.sequence
            """;

    /** The results name hidden participants by their participation alone. */
    private static final String PEOPLE =
            "SELECT participant_id, profile_id, incarnation FROM participants WHERE participant_id = ANY ($1::uuid[])";

    private final NotificationWriter notifications;

    CompetitionConsumer(NotificationWriter notifications) {
        this.notifications = notifications;
    }

    @Override
    public String purpose() {
        return "competition-notifications";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.COMPETITIONS, Topic.PARTICIPANTS);
    }

    @Override
    public Dedup dedup() {
        return Dedup.INBOX;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<Event> batch) {
        List<Delivery<Event>> joins = latestJoins(batch);
        return tx.execute(NotificationWriter.LOCK_SHARED)
                .chain(() -> tx.execute(
                        UPSERT,
                        Delivery.column(joins, event -> participation(event).participantId(), UUID[]::new),
                        Delivery.column(joins, event -> participation(event).competitionId(), UUID[]::new),
                        Delivery.column(joins, event -> participation(event).profileId(), UUID[]::new),
                        Delivery.column(joins, event -> participation(event).incarnation(), Long[]::new),
                        Delivery.column(joins, event -> event instanceof ParticipantJoined, Boolean[]::new),
                        sequences(joins)))
                .chain(() -> Multi.createFrom()
                        .iterable(batch.deliveries())
                        .onItem()
                        .transformToUniAndConcatenate(delivery -> applyToCompetition(tx, delivery))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /** Of each participation the event with the highest sequence. */
    private static List<Delivery<Event>> latestJoins(Batch<Event> batch) {
        Map<String, Delivery<Event>> latest = new HashMap<>();
        batch.deliveries().stream()
                .filter(delivery -> delivery.event() instanceof CompetitionParticipantEvent)
                .forEach(delivery -> latest.merge(
                        delivery.event().subject(),
                        delivery,
                        (known, other) -> other.sequence() > known.sequence() ? other : known));
        return List.copyOf(latest.values());
    }

    private Uni<Void> applyToCompetition(Tx tx, Delivery<Event> delivery) {
        if (delivery.event() instanceof CompetitionStarted started) {
            String competition = started.competitionId().toString();
            return FanOuts.start(
                    tx,
                    NotificationType.COMPETITION_STARTED,
                    started.competitionId(),
                    competition,
                    started.name() + " has started",
                    Map.of("competitionId", competition),
                    null,
                    null,
                    delivery.sequence());
        }
        if (delivery.event() instanceof CompetitionCompleted completed) {
            UUID[] participants = completed.results().stream()
                    .map(CompetitionResult::participantId)
                    .toArray(UUID[]::new);
            return tx.execute(PEOPLE, (Object) participants)
                    .chain(rows -> notifications.write(tx, results(completed, people(rows), delivery.sequence())));
        }
        return Uni.createFrom().voidItem();
    }

    private static Map<UUID, Row> people(Iterable<Row> rows) {
        Map<UUID, Row> people = new HashMap<>();
        rows.forEach(row -> people.put(row.getUUID("participant_id"), row));
        return people;
    }

    private static List<Cause> results(CompetitionCompleted completed, Map<UUID, Row> people, long sequence) {
        return completed.results().stream()
                .filter(result -> result.profileId() != null || people.containsKey(result.participantId()))
                .map(result -> {
                    Row known = people.get(result.participantId());
                    return Causes.alone(
                            result.profileId() == null ? known.getUUID("profile_id") : result.profileId(),
                            result.profileId() == null ? known.getLong("incarnation") : result.incarnation(),
                            NotificationType.COMPETITION_RESULT,
                            completed.competitionId().toString(),
                            "You are number " + result.rank() + " of " + completed.name(),
                            Map.of(
                                    "competitionId", completed.competitionId().toString(),
                                    "rank", Integer.toString(result.rank()),
                                    "prize", result.prize().toPlainString(),
                                    "currency", completed.currency()),
                            sequence);
                })
                .toList();
    }

    private static CompetitionParticipantEvent participation(Event event) {
        return (CompetitionParticipantEvent) event;
    }
}
