package io.tradosphere.competition.scoring;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.performance.ClosedTrade;
import io.tradosphere.platform.performance.Performance;
import io.tradosphere.platform.performance.PerformanceMeter;
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

/** Participants' metrics, made from the trades that count. */
@ApplicationScoped
class Metrics {

    /** The trades of so many participants are in memory at a time. */
    private static final int AT_ONCE = 100;

    private static final String TRADES = """
            SELECT p.id, t.closed_at, t.asset_type = 'crypto' AS crypto, t.net_pnl
            FROM unnest($1::uuid[]) AS due(id) JOIN competition_participants p ON p.id = due.id
              JOIN competitions c ON c.id = p.competition_id
              JOIN scored_trades t ON t.competition_id = p.competition_id AND t.user_id = p.user_id
                AND t.closed_at > p.joined_at AND t.closed_at BETWEEN c.starts_at AND c.ends_at
            WHERE NOT t.is_retracted ORDER BY p.id, t.closed_at
            """;
    /** The participants are locked. Their rankings come after them, as everywhere, in the order of their keys. */
    private static final String RENEW = """
            WITH moved AS (
              UPDATE competition_participants p SET trade_count = m.trade_count, total_pnl = m.total_pnl, win_rate = m.win_rate,
                sharpe_ratio = m.sharpe_ratio, max_drawdown = m.max_drawdown
              FROM unnest($1::uuid[], $2::bigint[], $3::text[]::numeric[], $4::text[]::numeric[], $5::text[]::numeric[],
                $6::text[]::numeric[]) AS m(id, trade_count, total_pnl, win_rate, sharpe_ratio, max_drawdown)
              WHERE p.id = m.id AND (p.trade_count, p.total_pnl, p.win_rate, p.sharpe_ratio, p.max_drawdown)
                IS DISTINCT FROM (m.trade_count, m.total_pnl, m.win_rate, m.sharpe_ratio, m.max_drawdown)
              RETURNING p.competition_id
            )
            SELECT DISTINCT competition_id FROM moved
            """;

    private static final String OUTDATED = """
            INSERT INTO rankings AS known (competition_id, stale_since)
            SELECT id, now() FROM unnest($1::uuid[]) AS moved(id) ORDER BY id
            ON CONFLICT (competition_id) DO UPDATE SET stale_since = coalesce(known.stale_since, EXCLUDED.stale_since)
            """;

    /** Makes them anew from all trades there are, and notes whose ranking is out of date; the participants are locked. */
    Uni<Void> renew(Tx tx, List<Participation> participations) {
        if (participations.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return renewSome(tx, participations, new TreeSet<>())
                .chain(competitions -> competitions.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tx.execute(OUTDATED, (Object) competitions.toArray(UUID[]::new))
                                .replaceWithVoid());
    }

    private Uni<Set<UUID>> renewSome(Tx tx, List<Participation> due, Set<UUID> moved) {
        List<Participation> some = due.subList(0, Math.min(AT_ONCE, due.size()));
        return tx.execute(TRADES, (Object) column(some, Participation::id, UUID[]::new))
                .map(trades -> measured(some, trades))
                .chain(measured -> write(tx, measured))
                .invoke(moved::addAll)
                .chain(() -> some.size() == due.size()
                        ? Uni.createFrom().item(moved)
                        : renewSome(tx, due.subList(AT_ONCE, due.size()), moved));
    }

    private static List<Measured> measured(List<Participation> participations, RowSet<Row> trades) {
        Map<UUID, PerformanceMeter> meters = new HashMap<>();
        for (Participation part : participations) {
            meters.put(part.id(), new PerformanceMeter(part.rules().startingEquity()));
        }
        for (Row row : trades) {
            meters.get(row.getUUID("id"))
                    .add(new ClosedTrade(
                            Rows.instant(row, "closed_at"), row.getBoolean("crypto"), row.getBigDecimal("net_pnl")));
        }
        return participations.stream()
                .map(part -> new Measured(
                        part.id(),
                        meters.get(part.id())
                                .over(PerformanceMeter.day(part.startsAt()), PerformanceMeter.day(part.endsAt()))))
                .toList();
    }

    private static Uni<List<UUID>> write(Tx tx, List<Measured> measured) {
        return tx.execute(
                        RENEW,
                        column(measured, Measured::id, UUID[]::new),
                        column(measured, one -> one.performance().tradeCount(), Long[]::new),
                        column(measured, one -> text(one.performance().netPnl()), String[]::new),
                        column(measured, Measured::winRate, String[]::new),
                        column(measured, one -> text(one.performance().sharpeRatio()), String[]::new),
                        column(measured, Measured::maxDrawdown, String[]::new))
                .map(rows -> Rows.list(rows, row -> row.getUUID("competition_id")));
    }

    private static String text(BigDecimal number) {
        return number == null ? null : number.toString();
    }

    private record Measured(UUID id, Performance performance) {

        String winRate() {
            return performance.winRate() == null ? "0" : performance.winRate().toString();
        }

        /** Whoever has not traded has not shown how deep they fall, and gets nothing for it. */
        String maxDrawdown() {
            return performance.tradeCount() == 0 ? null : text(performance.maxDrawdown());
        }
    }
}
