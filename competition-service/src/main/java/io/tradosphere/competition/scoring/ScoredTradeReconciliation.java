package io.tradosphere.competition.scoring;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.reconciliation.Differences;
import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.platform.reconciliation.Reconciler;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The reconciliation of counted trades with the participants' trades in signal-service, for unfinished competitions. The results of
 * a completed competition are final.
 */
record ScoredTradeReconciliation() implements Reconciliation {

    private static final String SOURCE = "signal";
    private static final String DATASET = "trades";
    private static final int BATCH_SIZE = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private static final String NEXT = "SELECT " + Participation.COLUMNS + """
             FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.user_id IS NOT NULL AND c.status IN ('upcoming', 'active') AND p.id > $1 ORDER BY p.id LIMIT $2
            """;

    /** Trades from before a rejoin stay in the table, and do not count. */
    private static final String STORED = """
            SELECT p.id AS participant, t.trade_id, t.sequence,
              jsonb_build_object('incarnation', t.incarnation, 'asset_type', t.asset_type, 'net_pnl', t.net_pnl::text,
                'opened_at', (extract(epoch FROM t.opened_at) * 1000000)::bigint,
                'closed_at', (extract(epoch FROM t.closed_at) * 1000000)::bigint,
                'reported_at', (extract(epoch FROM t.reported_at) * 1000000)::bigint)::text AS state
            FROM competition_participants p JOIN scored_trades t ON t.competition_id = p.competition_id AND t.user_id = p.user_id
            WHERE p.id = ANY ($1::uuid[]) AND NOT t.is_retracted AND t.closed_at > p.joined_at
            """;

    /** An event does not change the incarnation of a known trade. */
    private static final String FORGET = """
            UPDATE scored_trades t SET sequence = 0, incarnation = p.incarnation FROM competition_participants p
            WHERE concat(t.competition_id, ':', t.trade_id) = ANY ($1::text[])
              AND p.competition_id = t.competition_id AND p.user_id = t.user_id
            """;

    @Override
    public String name() {
        return "scored_trades";
    }

    @Override
    public Set<String> columns() {
        return Set.of(
                "scored_trades.incarnation",
                "scored_trades.asset_type",
                "scored_trades.net_pnl",
                "scored_trades.opened_at",
                "scored_trades.closed_at",
                "scored_trades.reported_at",
                "scored_trades.is_retracted");
    }

    @Override
    public Uni<Outcome> run(Reconciler reconciler, boolean repair) {
        return compare(reconciler)
                .chain(first -> first.suspects().isEmpty()
                        ? Uni.createFrom().item(new Outcome(first.rows(), 0, 0, List.of()))
                        : awaitEvents(reconciler)
                                .chain(() -> compare(reconciler))
                                .chain(second -> {
                                    // What differs in the same way before and after the events in flight has drifted.
                                    Map<String, Suspect> drifted = new TreeMap<>(second.suspects());
                                    drifted.entrySet()
                                            .retainAll(first.suspects().entrySet());
                                    return repair && !drifted.isEmpty()
                                            ? republish(reconciler, drifted)
                                                    .map(repaired -> outcome(first, drifted, repaired))
                                            : Uni.createFrom().item(outcome(first, drifted, 0));
                                }));
    }

    private static Outcome outcome(Comparison first, Map<String, Suspect> drifted, long repaired) {
        return new Outcome(
                first.rows(),
                drifted.size(),
                repaired,
                drifted.entrySet().stream()
                        .map(entry -> entry.getValue().drift(entry.getKey()))
                        .toList());
    }

    private static Uni<Void> awaitEvents(Reconciler reconciler) {
        return reconciler.awaitFrom(SOURCE, DATASET, Topic.TRADES, TradeScores.PURPOSE);
    }

    /** The consumer applies the trades' states again, and computes the metrics. Returns how many rows no longer differ. */
    private Uni<Long> republish(Reconciler reconciler, Map<String, Suspect> drifted) {
        return reconciler
                .slice()
                .asWorker(FORGET, (Object) drifted.keySet().toArray(String[]::new))
                .chain(() -> reconciler
                        .sources()
                        .republish(
                                SOURCE,
                                DATASET,
                                drifted.values().stream()
                                        .map(Suspect::sourceKey)
                                        .distinct()
                                        .toList()))
                .chain(() -> awaitEvents(reconciler))
                .chain(() -> compare(reconciler))
                .map(left -> drifted.entrySet().stream()
                        .filter(entry ->
                                !entry.getValue().equals(left.suspects().get(entry.getKey())))
                        .count());
    }

    private Uni<Comparison> compare(Reconciler reconciler) {
        return compareAfter(reconciler, FIRST, new Comparison(0, new TreeMap<>()));
    }

    private Uni<Comparison> compareAfter(Reconciler reconciler, UUID last, Comparison before) {
        return reconciler
                .slice()
                .asWorker(NEXT, last, BATCH_SIZE)
                .map(rows -> Rows.list(rows, (Row row) -> Participation.of(row)))
                .chain(batch -> batch.isEmpty()
                        ? Uni.createFrom().item(before)
                        : compareBatch(reconciler, batch, before)
                                .chain(after -> compareAfter(
                                        reconciler, batch.get(batch.size() - 1).id(), after)));
    }

    /** The source is read first: a trade that is missing here was there before. */
    private Uni<Comparison> compareBatch(Reconciler reconciler, List<Participation> batch, Comparison before) {
        List<String> traders = batch.stream()
                .map(participation -> participation.trader().toString())
                .distinct()
                .sorted()
                .toList();
        return reconciler
                .sources()
                .states(SOURCE, DATASET, traders)
                .chain(sources -> reconciler
                        .slice()
                        .asWorker(STORED, (Object)
                                batch.stream().map(Participation::id).toArray(UUID[]::new))
                        .map(rows -> {
                            Map<UUID, List<Row>> stored = Rows.list(rows, row -> row).stream()
                                    .collect(Collectors.groupingBy(row -> row.getUUID("participant")));
                            Map<String, Suspect> suspects = new TreeMap<>(before.suspects());
                            for (Participation participation : batch) {
                                suspects.putAll(differing(
                                        participation,
                                        sources.getOrDefault(
                                                participation.trader().toString(), new JsonObject()),
                                        stored.getOrDefault(participation.id(), List.of())));
                            }
                            return new Comparison(before.rows() + rows.size(), suspects);
                        }));
    }

    private static Map<String, Suspect> differing(Participation participation, JsonObject trades, List<Row> stored) {
        Map<String, Row> own = new HashMap<>();
        stored.forEach(row -> own.put(row.getUUID("trade_id").toString(), row));
        Map<String, Suspect> differing = new TreeMap<>();
        for (String id : trades.fieldNames()) {
            SourceTrade trade = new SourceTrade(trades.getJsonObject(id));
            Row row = own.remove(id);
            if (trade.isUndecided(participation)) {
                continue;
            }
            String expected = trade.counts(participation, id) ? trade.state() : null;
            String actual = row == null ? null : new JsonObject(row.getString("state")).encode();
            if (!Objects.equals(expected, actual)) {
                differing.put(
                        participation.competition() + ":" + id,
                        new Suspect(participation, id, expected, actual, row == null ? 0 : row.getLong("sequence")));
            }
        }
        own.forEach((id, row) -> differing.put(
                participation.competition() + ":" + id,
                new Suspect(
                        participation,
                        id,
                        null,
                        new JsonObject(row.getString("state")).encode(),
                        row.getLong("sequence"))));
        return differing;
    }

    private record Comparison(long rows, Map<String, Suspect> suspects) {}

    /** A trade as signal-service has it. */
    private record SourceTrade(JsonObject json) {

        /** Later edits of other fields hide when the state was recorded. Then whether it counts cannot be told from here. */
        boolean isUndecided(Participation participation) {
            return instant("closed_at").isAfter(instant("reported_at"))
                    || instant("recorded_at").isAfter(participation.endsAt());
        }

        boolean counts(Participation participation, String id) {
            TradeState trade = new TradeState(
                    UUID.fromString(id),
                    participation.trader(),
                    json.getLong("incarnation"),
                    null,
                    AssetType.valueOf(json.getString("asset_type").toUpperCase(Locale.ROOT)),
                    null,
                    null,
                    null,
                    null,
                    instant("opened_at"),
                    null,
                    instant("closed_at"),
                    null,
                    null,
                    new BigDecimal(json.getString("net_pnl")),
                    null,
                    instant("reported_at"));
            return trade.incarnation() == participation.incarnation()
                    && participation.covers(trade.reportedAt())
                    && participation.counts(trade, trade.reportedAt());
        }

        /** The columns that are stored, in the order of a stored row. */
        String state() {
            JsonObject stored = json.copy();
            stored.remove("recorded_at");
            return stored.encode();
        }

        private Instant instant(String field) {
            return Instant.EPOCH.plus(json.getLong(field), ChronoUnit.MICROS);
        }
    }

    private record Suspect(Participation participation, String trade, String expected, String actual, long sequence) {

        String sourceKey() {
            return participation.trader() + ":" + trade + ":" + participation.incarnation();
        }

        Outcome.Drift drift(String key) {
            return new Outcome.Drift(key, Differences.describe(actual, expected));
        }
    }
}
