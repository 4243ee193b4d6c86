package io.tradosphere.profile.stats;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.contracts.signal.SignalEvent;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import io.tradosphere.profile.achievement.Awards;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An event consumer that maintains {@code totalSignals}, {@code hitSignals}, {@code missSignals}, {@code
 * cancelledSignals}, {@code verifiedHits} and the streaks.
 */
@ApplicationScoped
class SignalRecords implements TransactionalConsumer<SignalEvent> {

    private static final SqlFile SQL = SqlFile.of(SignalRecords.class);

    static final String PURPOSE = "signal-records";

    /**
     * Locks the profiles against erasure until the commit, so an erasure finds every outcome it has to delete.
     *
     * <p>Profiles and counters are locked in key order, so two replicas cannot deadlock. Only counters of the events'
     * incarnations are locked. The next statement sees what earlier lock holders have committed.
     */
    private static final String LOCK_PROFILES = """
            SELECT p.id FROM profiles p WHERE p.id = ANY($1::uuid[]) ORDER BY p.id FOR KEY SHARE OF p
            """;

    private static final String LOCK_STATS = """
            SELECT s.profile_id FROM profile_stats s
            WHERE (s.profile_id, s.incarnation) IN (SELECT * FROM unnest($1::uuid[], $2::bigint[]))
            ORDER BY s.profile_id FOR NO KEY UPDATE
            """;

    /**
     * Counts new outcomes. An outcome already stored, even if published again as another event, counts for nothing.
     *
     * <p>An outcome later than all stored ones continues the streak. One that is late or of the same instant makes
     * the streaks of its creator be recomputed from all outcomes. Each miss begins a run, and a run is as long as it
     * has hits. The run before the first miss continues the stored streak.
     *
     * <p>All rows meet in one list by sorting, and join tables by key alone. The planner estimates ten rows for a
     * batch, and would choose joins of quadratic cost.
     */
    private static final String COUNT = SQL.get("count");

    private final Awards awards;

    SignalRecords(Awards awards) {
        this.awards = awards;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.SIGNALS);
    }

    @Override
    public Dedup dedup() {
        return Dedup.INBOX;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<SignalEvent> batch) {
        List<Delta> deltas = batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone())
                .map(Delivery::event)
                .map(Delta::of)
                .filter(Delta::changesCounters)
                .toList();
        if (deltas.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.execute(LOCK_PROFILES, (Object) column(deltas, Delta::creator, UUID[]::new))
                .chain(() -> tx.execute(
                        LOCK_STATS,
                        column(deltas, Delta::creator, UUID[]::new),
                        column(deltas, Delta::incarnation, Long[]::new)))
                .chain(() -> Multi.createFrom()
                        .iterable(segments(deltas))
                        .onItem()
                        .transformToUniAndConcatenate(segment -> count(tx, segment))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /**
     * Segments to be counted one after the other, so that a streak that grows and breaks in one batch still earns
     * achievements. For each creator, an event that decreases a counter begins a new segment. A segment holds many
     * creators, so there are few.
     */
    private static List<List<Delta>> segments(List<Delta> deltas) {
        List<List<Delta>> segments = new ArrayList<>();
        Map<UUID, Integer> lastSegments = new HashMap<>();
        for (Delta delta : deltas) {
            int segment = lastSegments.merge(delta.creator(), 0, (last, first) -> delta.decreases() ? last + 1 : last);
            if (segment == segments.size()) {
                segments.add(new ArrayList<>());
            }
            segments.get(segment).add(delta);
        }
        return segments;
    }

    private Uni<Void> count(Tx tx, List<Delta> deltas) {
        return tx.execute(
                        COUNT,
                        column(deltas, Delta::creator, UUID[]::new),
                        column(deltas, Delta::incarnation, Long[]::new),
                        column(deltas, Delta::posted, Long[]::new),
                        column(deltas, Delta::signal, UUID[]::new),
                        column(deltas, Delta::resolvedAt, OffsetDateTime[]::new),
                        column(deltas, Delta::hit, Boolean[]::new),
                        column(deltas, Delta::verified, Boolean[]::new),
                        column(deltas, Delta::cancelled, Long[]::new))
                .map(rows -> Rows.list(rows, (Row row) -> row.getUUID(0)).toArray(UUID[]::new))
                .chain(changed -> changed.length == 0 ? Uni.createFrom().voidItem() : awards.evaluate(tx, changed));
    }

    /**
     * The change of its creator's counters by one event.
     *
     * @param posted change of {@code totalSignals}
     * @param resolvedAt null unless it is a hit or a miss
     * @param hit null unless it is a hit or a miss
     * @param verified whether the market resolved it; null unless it is a hit or a miss
     * @param cancelled change of {@code cancelledSignals}
     */
    private record Delta(
            UUID creator,
            long incarnation,
            long posted,
            UUID signal,
            OffsetDateTime resolvedAt,
            Boolean hit,
            Boolean verified,
            long cancelled) {

        static Delta of(SignalEvent event) {
            if (event instanceof SignalResolved resolved && resolved.outcome() != Outcome.CANCELLED) {
                return new Delta(
                        event.creatorId(),
                        event.creatorIncarnation(),
                        0,
                        event.signalId(),
                        resolved.resolvedAt().atOffset(ZoneOffset.UTC),
                        resolved.outcome() == Outcome.HIT,
                        resolved.outcomeSource() == OutcomeSource.MARKET,
                        0);
            }
            long posted = event instanceof SignalPosted ? 1 : event instanceof SignalDeleted ? -1 : 0;
            long cancelled = event instanceof SignalResolved ? 1 : 0;
            return new Delta(
                    event.creatorId(),
                    event.creatorIncarnation(),
                    posted,
                    event.signalId(),
                    null,
                    null,
                    null,
                    cancelled);
        }

        boolean changesCounters() {
            return posted != 0 || hit != null || cancelled != 0;
        }

        boolean decreases() {
            return posted < 0 || Boolean.FALSE.equals(hit);
        }
    }
}
