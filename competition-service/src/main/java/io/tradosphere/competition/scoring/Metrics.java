package io.tradosphere.competition.scoring;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.performance.ClosedTrade;
import io.tradosphere.platform.performance.Performance;
import io.tradosphere.platform.performance.PerformanceMeter;
import io.tradosphere.platform.reconciliation.Differences;
import io.tradosphere.platform.reconciliation.Outcome;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Computes participants' performance metrics from the counted trades. */
@ApplicationScoped
class Metrics {

    /** Limits memory: the trades of this many participants are loaded at a time. */
    static final int BATCH_SIZE = 100;

    private static final String TRADES = """
            SELECT p.id, t.closed_at, t.asset_type = 'crypto' AS crypto, t.net_pnl
            FROM unnest($1::uuid[]) AS due(id) JOIN competition_participants p ON p.id = due.id
              JOIN competitions c ON c.id = p.competition_id
              JOIN scored_trades t ON t.competition_id = p.competition_id AND t.user_id = p.user_id
                AND t.closed_at > p.joined_at AND t.closed_at BETWEEN c.starts_at AND c.ends_at
            WHERE NOT t.is_retracted ORDER BY p.id, t.closed_at
            """;
    /** The participants are locked already. Their rankings are locked after them, in key order, as in every transaction. */
    private static final String UPDATE_METRICS = """
            WITH changed AS (
              UPDATE competition_participants p SET trade_count = m.trade_count, total_pnl = m.total_pnl, win_rate = m.win_rate,
                sharpe_ratio = m.sharpe_ratio, max_drawdown = m.max_drawdown
              FROM unnest($1::uuid[], $2::bigint[], $3::text[]::numeric[], $4::text[]::numeric[], $5::text[]::numeric[],
                $6::text[]::numeric[]) AS m(id, trade_count, total_pnl, win_rate, sharpe_ratio, max_drawdown)
              WHERE p.id = m.id AND (p.trade_count, p.total_pnl, p.win_rate, p.sharpe_ratio, p.max_drawdown)
                IS DISTINCT FROM (m.trade_count, m.total_pnl, m.win_rate, m.sharpe_ratio, m.max_drawdown)
              RETURNING p.competition_id
            )
            SELECT DISTINCT competition_id FROM changed
            """;

    /** The participants whose stored metrics differ. */
    private static final String COMPARE = """
            SELECT p.id::text AS id,
              jsonb_build_object('trade_count', p.trade_count, 'total_pnl', p.total_pnl, 'win_rate', p.win_rate,
                'sharpe_ratio', p.sharpe_ratio, 'max_drawdown', p.max_drawdown)::text AS actual,
              jsonb_build_object('trade_count', m.trade_count, 'total_pnl', m.total_pnl, 'win_rate', m.win_rate,
                'sharpe_ratio', m.sharpe_ratio, 'max_drawdown', m.max_drawdown)::text AS expected
            FROM competition_participants p JOIN unnest($1::uuid[], $2::bigint[], $3::text[]::numeric[], $4::text[]::numeric[],
              $5::text[]::numeric[], $6::text[]::numeric[])
              AS m(id, trade_count, total_pnl, win_rate, sharpe_ratio, max_drawdown) ON m.id = p.id
            WHERE (p.trade_count, p.total_pnl, p.win_rate, p.sharpe_ratio, p.max_drawdown)
              IS DISTINCT FROM (m.trade_count, m.total_pnl, m.win_rate, m.sharpe_ratio, m.max_drawdown)
            ORDER BY p.id
            """;

    private static final String MARK_STALE = """
            INSERT INTO rankings AS stored (competition_id, stale_since)
            SELECT id, now() FROM unnest($1::uuid[]) AS changed(id) ORDER BY id
            ON CONFLICT (competition_id) DO UPDATE SET stale_since = coalesce(stored.stale_since, EXCLUDED.stale_since)
            """;

    /** Recomputes the metrics from all counted trades and marks changed rankings as stale. The participants must be locked. */
    Uni<Void> recompute(Tx tx, List<Participation> participations) {
        if (participations.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return recomputeBatch(tx, participations, new TreeSet<>())
                .chain(competitions -> competitions.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tx.execute(MARK_STALE, (Object) competitions.toArray(UUID[]::new))
                                .replaceWithVoid());
    }

    /** The participants whose stored metrics differ from those of their counted trades, at most 100 at a time. */
    Uni<List<Outcome.Drift>> compare(Tx tx, List<Participation> participations) {
        return tx.execute(TRADES, (Object) column(participations, Participation::id, UUID[]::new))
                .map(trades -> computed(participations, trades))
                .chain(computed -> tx.execute(COMPARE, columns(computed)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Outcome.Drift(
                                row.getString("id"),
                                Differences.describe(row.getString("actual"), row.getString("expected")))));
    }

    private Uni<Set<UUID>> recomputeBatch(Tx tx, List<Participation> due, Set<UUID> changed) {
        List<Participation> batch = due.subList(0, Math.min(BATCH_SIZE, due.size()));
        return tx.execute(TRADES, (Object) column(batch, Participation::id, UUID[]::new))
                .map(trades -> computed(batch, trades))
                .chain(computed -> update(tx, computed))
                .invoke(changed::addAll)
                .chain(() -> batch.size() == due.size()
                        ? Uni.createFrom().item(changed)
                        : recomputeBatch(tx, due.subList(BATCH_SIZE, due.size()), changed));
    }

    private static List<ParticipantMetrics> computed(List<Participation> participations, RowSet<Row> trades) {
        Map<UUID, PerformanceMeter> meters = new HashMap<>();
        for (Participation participation : participations) {
            meters.put(
                    participation.id(),
                    new PerformanceMeter(participation.rules().startingEquity()));
        }
        for (Row row : trades) {
            meters.get(row.getUUID("id"))
                    .add(new ClosedTrade(
                            Rows.instant(row, "closed_at"), row.getBoolean("crypto"), row.getBigDecimal("net_pnl")));
        }
        return participations.stream()
                .map(participation -> metrics(participation, meters.get(participation.id())))
                .toList();
    }

    private static ParticipantMetrics metrics(Participation participation, PerformanceMeter meter) {
        return new ParticipantMetrics(
                participation.id(), meter.over(meter.day(participation.startsAt()), meter.day(participation.endsAt())));
    }

    private static Uni<List<UUID>> update(Tx tx, List<ParticipantMetrics> computed) {
        return tx.execute(UPDATE_METRICS, columns(computed))
                .map(rows -> Rows.list(rows, row -> row.getUUID("competition_id")));
    }

    private static Object[] columns(List<ParticipantMetrics> computed) {
        return new Object[] {
            column(computed, ParticipantMetrics::id, UUID[]::new),
            column(computed, metrics -> metrics.performance().tradeCount(), Long[]::new),
            column(computed, metrics -> text(metrics.performance().netPnl()), String[]::new),
            column(computed, ParticipantMetrics::winRate, String[]::new),
            column(computed, metrics -> text(metrics.performance().sharpeRatio()), String[]::new),
            column(computed, ParticipantMetrics::maxDrawdown, String[]::new)
        };
    }

    private static String text(BigDecimal number) {
        return number == null ? null : number.toString();
    }

    private record ParticipantMetrics(UUID id, Performance performance) {

        String winRate() {
            return performance.winRate() == null ? "0" : performance.winRate().toString();
        }

        /** Null without trades, so that an inactive participant scores 0 for this metric. */
        String maxDrawdown() {
            return performance.tradeCount() == 0 ? null : text(performance.maxDrawdown());
        }
    }
}
