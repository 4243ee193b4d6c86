package io.tradosphere.competition.scoring;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.contracts.signal.TradeOpened;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A consumer that scores trades in competitions and updates their participants' metrics. The highest sequence per trade wins.
 * Repeated, late, reordered and replayed events therefore change nothing.
 */
@ApplicationScoped
public class TradeScores implements TransactionalConsumer<TradeEvent> {

    /** The consumer group's purpose. Completion waits for this group. */
    public static final String PURPOSE = "scores";

    /** A concurrent join locks the same profile row, see the trigger {@code start_participations}. */
    private static final String LOCK_TRADERS =
            "SELECT id FROM profiles WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE";

    /** Completion locks the participants first, and this statement waits for it. */
    private static final String LOCK_PARTICIPANTS = """
            SELECT p.id FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.user_id = ANY($1::uuid[]) AND c.status IN ('upcoming', 'active') ORDER BY p.id FOR NO KEY UPDATE OF p
            """;
    /** A separate statement, so that its snapshot includes what was committed while waiting for the locks. */
    private static final String UNFINISHED = "SELECT " + Participation.COLUMNS + """
             FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.user_id = ANY($1::uuid[]) AND c.status IN ('upcoming', 'active')
            """;

    private static final String UPSERT = """
            INSERT INTO scored_trades AS stored (competition_id, trade_id, user_id, incarnation, asset_type, net_pnl,
              opened_at, closed_at, reported_at, is_retracted, sequence)
            SELECT t.competition_id, t.trade_id, t.user_id, t.incarnation, t.asset_type, t.net_pnl::numeric,
              t.opened_at::timestamptz, t.closed_at::timestamptz, t.reported_at::timestamptz, t.is_retracted, t.sequence
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::boolean[], $11::bigint[])
              AS t(competition_id, trade_id, user_id, incarnation, asset_type, net_pnl, opened_at, closed_at, reported_at,
                is_retracted, sequence)
            ORDER BY t.competition_id, t.trade_id
            ON CONFLICT (competition_id, trade_id) DO UPDATE SET asset_type = EXCLUDED.asset_type,
              net_pnl = EXCLUDED.net_pnl, opened_at = EXCLUDED.opened_at, closed_at = EXCLUDED.closed_at,
              reported_at = EXCLUDED.reported_at, is_retracted = EXCLUDED.is_retracted, sequence = EXCLUDED.sequence
            WHERE stored.sequence < EXCLUDED.sequence AND stored.user_id = EXCLUDED.user_id
            RETURNING new.competition_id, new.trade_id, new.is_retracted AND coalesce(old.is_retracted, true) AS is_noop
            """;

    private final Metrics metrics;

    TradeScores(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.TRADES);
    }

    @Override
    public Dedup dedup() {
        return Dedup.SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<TradeEvent> batch) {
        List<Delivery<TradeEvent>> received = batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone() && !(delivery.event() instanceof TradeOpened))
                .toList();
        if (received.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] traders = received.stream()
                .map(delivery -> delivery.event().userId())
                .distinct()
                .toArray(UUID[]::new);
        return tx.execute(LOCK_TRADERS, (Object) traders)
                .chain(() -> tx.execute(LOCK_PARTICIPANTS, (Object) traders))
                .chain(locked -> locked.size() == 0
                        ? Uni.createFrom().voidItem()
                        : tx.execute(UNFINISHED, (Object) traders)
                                .map(rows -> Rows.list(rows, Participation::of))
                                .chain(participations -> upsert(tx, latestPerTrade(received, participations))));
    }

    /** The latest state of each trade in each competition. */
    private static List<ScoredTrade> latestPerTrade(
            List<Delivery<TradeEvent>> received, List<Participation> participations) {
        Map<UUID, List<Participation>> byTrader =
                participations.stream().collect(Collectors.groupingBy(Participation::trader));
        Map<Key, ScoredTrade> latest = new HashMap<>();
        for (Delivery<TradeEvent> delivery : received) {
            for (Participation participation :
                    byTrader.getOrDefault(delivery.event().userId(), List.of())) {
                ScoredTrade.of(delivery, participation)
                        .ifPresent(trade -> latest.merge(
                                new Key(participation.competition(), trade.id()),
                                trade,
                                (stored, newer) -> newer.sequence() > stored.sequence() ? newer : stored));
            }
        }
        return latest.values().stream()
                .sorted(Comparator.comparing(trade -> trade.participation().id()))
                .toList();
    }

    private Uni<Void> upsert(Tx tx, List<ScoredTrade> trades) {
        if (trades.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.execute(
                        UPSERT,
                        column(trades, trade -> trade.participation().competition(), UUID[]::new),
                        column(trades, ScoredTrade::id, UUID[]::new),
                        column(trades, trade -> trade.participation().trader(), UUID[]::new),
                        column(trades, trade -> trade.participation().incarnation(), Long[]::new),
                        column(trades, ScoredTrade::assetType, String[]::new),
                        column(trades, ScoredTrade::netPnl, String[]::new),
                        column(trades, ScoredTrade::openedAt, String[]::new),
                        column(trades, ScoredTrade::closedAt, String[]::new),
                        column(trades, ScoredTrade::reportedAt, String[]::new),
                        column(trades, ScoredTrade::isRetracted, Boolean[]::new),
                        column(trades, ScoredTrade::sequence, Long[]::new))
                .map(TradeScores::changed)
                .chain(changed -> metrics.recompute(
                        tx,
                        trades.stream()
                                .filter(trade -> changed.contains(
                                        new Key(trade.participation().competition(), trade.id())))
                                .map(ScoredTrade::participation)
                                .distinct()
                                .toList()));
    }

    /** The trades that count now or counted before. */
    private static Set<Key> changed(RowSet<Row> upserted) {
        Set<Key> changed = new HashSet<>();
        for (Row row : upserted) {
            if (!row.getBoolean("is_noop")) {
                changed.add(new Key(row.getUUID("competition_id"), row.getUUID("trade_id")));
            }
        }
        return changed;
    }

    private record Key(UUID competition, UUID trade) {}
}
