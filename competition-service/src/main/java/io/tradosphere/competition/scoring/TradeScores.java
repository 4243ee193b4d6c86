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
import io.tradosphere.platform.inbox.Effect;
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
 * The trades that count in competitions, and the metrics of those who made them. The last word on each trade is kept, so a
 * repeated, late, reordered or replayed event makes no difference.
 */
@ApplicationScoped
public class TradeScores implements Effect<TradeEvent> {

    /** What this consumer group is for. Its competitions wait for it before they end. */
    public static final String PURPOSE = "scores";

    /** A join that is under way holds the same lock for its person, see the trigger {@code take_time_of_participants}. */
    private static final String LOCK_TRADERS =
            "SELECT id FROM profiles WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE";

    /** Whoever ends a competition locks its participants first, and this waits for that. */
    private static final String LOCK_PARTICIPANTS = """
            SELECT p.id FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.user_id = ANY($1::uuid[]) AND c.status IN ('upcoming', 'active') ORDER BY p.id FOR NO KEY UPDATE OF p
            """;
    /** In a statement of its own, so that it sees what was committed before the locks were had. */
    private static final String UNDECIDED = "SELECT " + Participation.COLUMNS + """
             FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.user_id = ANY($1::uuid[]) AND c.status IN ('upcoming', 'active')
            """;

    private static final String KEEP = """
            INSERT INTO scored_trades AS known (competition_id, trade_id, user_id, incarnation, asset_type, net_pnl,
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
            WHERE known.sequence < EXCLUDED.sequence AND known.user_id = EXCLUDED.user_id
            RETURNING new.competition_id, new.trade_id, new.is_retracted AND coalesce(old.is_retracted, true) AS is_nothing
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
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<TradeEvent> batch) {
        List<Delivery<TradeEvent>> told = batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone() && !(delivery.event() instanceof TradeOpened))
                .toList();
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] traders = told.stream()
                .map(delivery -> delivery.event().userId())
                .distinct()
                .toArray(UUID[]::new);
        return tx.execute(LOCK_TRADERS, (Object) traders)
                .chain(() -> tx.execute(LOCK_PARTICIPANTS, (Object) traders))
                .chain(locked -> locked.size() == 0
                        ? Uni.createFrom().voidItem()
                        : tx.execute(UNDECIDED, (Object) traders)
                                .map(rows -> Rows.list(rows, Participation::of))
                                .chain(parts -> keep(tx, lastWords(told, parts))));
    }

    /** Of each trade in each competition what was told last. */
    private static List<ScoredTrade> lastWords(List<Delivery<TradeEvent>> told, List<Participation> parts) {
        Map<UUID, List<Participation>> byTrader = parts.stream().collect(Collectors.groupingBy(Participation::trader));
        Map<Key, ScoredTrade> last = new HashMap<>();
        for (Delivery<TradeEvent> delivery : told) {
            for (Participation part : byTrader.getOrDefault(delivery.event().userId(), List.of())) {
                ScoredTrade.of(delivery, part)
                        .ifPresent(word -> last.merge(
                                new Key(part.competition(), word.id()),
                                word,
                                (known, other) -> other.sequence() > known.sequence() ? other : known));
            }
        }
        return last.values().stream()
                .sorted(Comparator.comparing(word -> word.part().id()))
                .toList();
    }

    private Uni<Void> keep(Tx tx, List<ScoredTrade> words) {
        if (words.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.execute(
                        KEEP,
                        column(words, word -> word.part().competition(), UUID[]::new),
                        column(words, ScoredTrade::id, UUID[]::new),
                        column(words, word -> word.part().trader(), UUID[]::new),
                        column(words, word -> word.part().incarnation(), Long[]::new),
                        column(words, ScoredTrade::assetType, String[]::new),
                        column(words, ScoredTrade::netPnl, String[]::new),
                        column(words, ScoredTrade::openedAt, String[]::new),
                        column(words, ScoredTrade::closedAt, String[]::new),
                        column(words, ScoredTrade::reportedAt, String[]::new),
                        column(words, ScoredTrade::isRetracted, Boolean[]::new),
                        column(words, ScoredTrade::sequence, Long[]::new))
                .map(TradeScores::moved)
                .chain(moved -> metrics.renew(
                        tx,
                        words.stream()
                                .filter(word ->
                                        moved.contains(new Key(word.part().competition(), word.id())))
                                .map(ScoredTrade::part)
                                .distinct()
                                .toList()));
    }

    /** Those that count now, or did before. */
    private static Set<Key> moved(RowSet<Row> kept) {
        Set<Key> moved = new HashSet<>();
        for (Row row : kept) {
            if (!row.getBoolean("is_nothing")) {
                moved.add(new Key(row.getUUID("competition_id"), row.getUUID("trade_id")));
            }
        }
        return moved;
    }

    private record Key(UUID competition, UUID trade) {}
}
