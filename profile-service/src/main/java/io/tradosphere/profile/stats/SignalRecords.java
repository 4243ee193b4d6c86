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
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
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

/** totalSignals, hitSignals, missSignals, verifiedHits and the streaks, moved by what becomes of signals. */
@ApplicationScoped
class SignalRecords implements Effect<SignalEvent> {

    /**
     * The counters of those who are still here in the life that the events are of, in the order of their keys, so that two
     * replicas cannot deadlock. Profiles are locked against going until this is committed, so that whoever goes finds every
     * outcome to forget; and the statement after this one sees what whoever held a row before has committed.
     */
    private static final String LOCK_PRESENT = """
            SELECT p.id FROM profiles p WHERE p.id = ANY($1::uuid[]) ORDER BY p.id FOR KEY SHARE OF p
            """;

    private static final String LOCK_STATS = """
            SELECT s.profile_id FROM profile_stats s
            WHERE (s.profile_id, s.incarnation) IN (SELECT * FROM unnest($1::uuid[], $2::bigint[]))
            ORDER BY s.profile_id FOR NO KEY UPDATE
            """;

    /**
     * An outcome that comes after all that are known continues the streak; one that comes late or at the same instant, as a dead
     * letter put back does, has the streaks of its creator made again from all there is. An outcome that is known already, told
     * again in another event, counts for nothing. Each miss begins a run, and a run is as long as it has hits; the run before the
     * first miss goes on from the streak that was there.
     *
     * <p>Everything comes together in one list by sorting, and meets a table by its key alone: the planner takes a batch for ten
     * rows, and would join its parts in time that grows with the square of it.
     */
    private static final String COUNT = """
            WITH told AS (
              SELECT t.* FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::uuid[], $5::timestamptz[], $6::boolean[], $7::boolean[])
                AS t(creator_id, incarnation, posted, signal_id, resolved_at, hit, verified)
              JOIN profile_stats s ON s.profile_id = t.creator_id AND s.incarnation = t.incarnation
            ), news AS (
              INSERT INTO signal_outcomes (creator_id, incarnation, resolved_at, signal_id, hit, verified)
              SELECT creator_id, incarnation, resolved_at, signal_id, hit, verified FROM told WHERE hit IS NOT NULL
              ORDER BY creator_id, incarnation, resolved_at, signal_id
              ON CONFLICT DO NOTHING
              RETURNING creator_id, incarnation, resolved_at, signal_id, hit, verified
            ), late AS (
              SELECT n.creator_id, n.incarnation FROM news n GROUP BY n.creator_id, n.incarnation
              HAVING min(n.resolved_at) <= (SELECT max(o.resolved_at) FROM signal_outcomes o
                                            WHERE o.creator_id = n.creator_id AND o.incarnation = n.incarnation)
            ), history AS (
              SELECT creator_id, resolved_at, signal_id, hit, verified, true AS is_new, 0 AS posted FROM news
              UNION ALL
              SELECT o.creator_id, o.resolved_at, o.signal_id, o.hit, o.verified, false, 0
              FROM late JOIN signal_outcomes o ON o.creator_id = late.creator_id AND o.incarnation = late.incarnation
              UNION ALL
              SELECT creator_id, NULL, NULL, NULL, NULL, true, posted FROM told WHERE posted <> 0
            ), runs AS (
              SELECT h.creator_id, h.run, count(*) FILTER (WHERE h.hit) AS length, bool_or(NOT h.is_new) AS late,
                     sum(h.posted) AS posted, count(*) FILTER (WHERE h.is_new AND h.hit) AS hits,
                     count(*) FILTER (WHERE h.is_new AND NOT h.hit) AS misses,
                     count(*) FILTER (WHERE h.is_new AND h.hit AND h.verified) AS verified
              FROM (
                SELECT history.*,
                       count(*) FILTER (WHERE NOT hit) OVER (PARTITION BY creator_id ORDER BY resolved_at, signal_id) AS run
                FROM history
              ) AS h GROUP BY h.creator_id, h.run
            ), records AS (
              SELECT creator_id, sum(posted) AS posted, sum(hits) AS hits, sum(misses) AS misses, sum(verified) AS verified,
                     bool_or(late) AS late, max(run) = 0 AS unbroken, coalesce(sum(length) FILTER (WHERE run = 0), 0) AS first,
                     (array_agg(length ORDER BY run DESC))[1] AS last, max(length) AS longest
              FROM runs GROUP BY creator_id
            )
            UPDATE profile_stats s SET
              total_signals = s.total_signals + r.posted,
              hit_signals = s.hit_signals + r.hits,
              miss_signals = s.miss_signals + r.misses,
              verified_hits = s.verified_hits + r.verified,
              win_streak = CASE WHEN r.unbroken AND NOT r.late THEN s.win_streak + r.last ELSE r.last END,
              max_win_streak =
                CASE WHEN r.late THEN r.longest ELSE greatest(s.max_win_streak, r.longest, s.win_streak + r.first) END,
              updated_at = now()
            FROM records r
            WHERE s.profile_id = r.creator_id AND (r.posted <> 0 OR r.hits + r.misses > 0)
            RETURNING s.profile_id
            """;

    private final Awards awards;

    SignalRecords(Awards awards) {
        this.awards = awards;
    }

    @Override
    public String purpose() {
        return "signal-records";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.SIGNALS);
    }

    @Override
    public Once once() {
        return Once.BY_INBOX;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<SignalEvent> batch) {
        List<Move> moves = batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone())
                .map(Delivery::event)
                .map(Move::of)
                .filter(Move::counts)
                .toList();
        if (moves.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.execute(LOCK_PRESENT, (Object) column(moves, Move::creator, UUID[]::new))
                .chain(() -> tx.execute(
                        LOCK_STATS,
                        column(moves, Move::creator, UUID[]::new),
                        column(moves, Move::incarnation, Long[]::new)))
                .chain(() -> Multi.createFrom()
                        .iterable(stretches(moves))
                        .onItem()
                        .transformToUniAndConcatenate(stretch -> count(tx, stretch))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /**
     * Parts to be counted one after the other, so that nobody misses an achievement because a streak grew and broke in one batch:
     * of each creator, what lowers a counter begins a part of its own. A part holds many creators, so there are few.
     */
    private static List<List<Move>> stretches(List<Move> moves) {
        List<List<Move>> stretches = new ArrayList<>();
        Map<UUID, Integer> reached = new HashMap<>();
        for (Move move : moves) {
            int stretch = reached.merge(move.creator(), 0, (last, first) -> move.lowers() ? last + 1 : last);
            if (stretch == stretches.size()) {
                stretches.add(new ArrayList<>());
            }
            stretches.get(stretch).add(move);
        }
        return stretches;
    }

    private Uni<Void> count(Tx tx, List<Move> moves) {
        return tx.execute(
                        COUNT,
                        column(moves, Move::creator, UUID[]::new),
                        column(moves, Move::incarnation, Long[]::new),
                        column(moves, Move::posted, Long[]::new),
                        column(moves, Move::signal, UUID[]::new),
                        column(moves, Move::resolvedAt, OffsetDateTime[]::new),
                        column(moves, Move::hit, Boolean[]::new),
                        column(moves, Move::verified, Boolean[]::new))
                .map(rows -> Rows.list(rows, (Row row) -> row.getUUID(0)).toArray(UUID[]::new))
                .chain(moved -> moved.length == 0 ? Uni.createFrom().voidItem() : awards.evaluate(tx, moved));
    }

    /**
     * What one event does to its creator's counters.
     *
     * @param posted by how much it moves the total
     * @param resolvedAt null unless it is a hit or a miss
     * @param hit null unless it is a hit or a miss
     * @param verified whether the market said so; null unless it is a hit or a miss
     */
    private record Move(
            UUID creator,
            long incarnation,
            long posted,
            UUID signal,
            OffsetDateTime resolvedAt,
            Boolean hit,
            Boolean verified) {

        static Move of(SignalEvent event) {
            if (event instanceof SignalResolved resolved && resolved.outcome() != Outcome.CANCELLED) {
                return new Move(
                        event.creatorId(),
                        event.creatorIncarnation(),
                        0,
                        event.signalId(),
                        resolved.resolvedAt().atOffset(ZoneOffset.UTC),
                        resolved.outcome() == Outcome.HIT,
                        resolved.outcomeSource() == OutcomeSource.MARKET);
            }
            long posted = event instanceof SignalPosted ? 1 : event instanceof SignalDeleted ? -1 : 0;
            return new Move(event.creatorId(), event.creatorIncarnation(), posted, event.signalId(), null, null, null);
        }

        boolean counts() {
            return posted != 0 || hit != null;
        }

        boolean lowers() {
            return posted < 0 || Boolean.FALSE.equals(hit);
        }
    }
}
