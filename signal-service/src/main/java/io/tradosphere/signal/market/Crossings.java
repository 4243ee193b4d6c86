package io.tradosphere.signal.market;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.signal.view.SignalEvents;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Resolves the signals whose target or stop a tick has crossed. */
@ApplicationScoped
class Crossings {

    /** So many creators at most are locked at a time. */
    private static final int AT_ONCE = 500;

    private static final int FOUND_AT_ONCE = 5_000;

    /**
     * Of each signal the first tick, not older than the signal, that has crossed its stop or else its target. Which signals may be
     * crossed at all is told by the highest and the lowest price of their symbol, as a range of an index.
     */
    private static final String FIND = """
            WITH ticks AS MATERIALIZED (
              SELECT t.symbol, t.price::numeric AS price, t.at::timestamptz AS at, t.position
              FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS t(symbol, price, at, position)
            ), ranges AS MATERIALIZED (
              SELECT symbol, min(price) AS low, max(price) AS high FROM ticks GROUP BY symbol
            ), within_reach AS (
              SELECT s.id FROM ranges r JOIN signals s ON s.asset_symbol = r.symbol AND s.direction = 'LONG'
                AND s.target_price <= r.high WHERE s.status = 'active' AND s.target_price IS NOT NULL
              UNION
              SELECT s.id FROM ranges r JOIN signals s ON s.asset_symbol = r.symbol AND s.direction = 'LONG'
                AND s.stop_loss >= r.low WHERE s.status = 'active' AND s.stop_loss IS NOT NULL
              UNION
              SELECT s.id FROM ranges r JOIN signals s ON s.asset_symbol = r.symbol AND s.direction = 'SHORT'
                AND s.target_price >= r.low WHERE s.status = 'active' AND s.target_price IS NOT NULL
              UNION
              SELECT s.id FROM ranges r JOIN signals s ON s.asset_symbol = r.symbol AND s.direction = 'SHORT'
                AND s.stop_loss <= r.high WHERE s.status = 'active' AND s.stop_loss IS NOT NULL
            )
            SELECT s.id, crossed.outcome, crossed.price::text AS price
            FROM within_reach w JOIN signals s ON s.id = w.id CROSS JOIN LATERAL (
              SELECT t.position, t.price, CASE WHEN missed THEN 'miss' ELSE 'hit' END AS outcome
              FROM ticks t
                CROSS JOIN LATERAL (SELECT
                  coalesce(CASE s.direction WHEN 'LONG' THEN t.price <= s.stop_loss ELSE t.price >= s.stop_loss END, false),
                  coalesce(CASE s.direction WHEN 'LONG' THEN t.price >= s.target_price ELSE t.price <= s.target_price END, false)
                ) AS levels (missed, reached)
              WHERE t.symbol = s.asset_symbol AND t.at >= s.posted_at AND (missed OR reached)
              ORDER BY t.position LIMIT 1
            ) AS crossed
            ORDER BY s.creator_id, crossed.position, s.posted_at, s.id LIMIT $4
            """;

    private static final String RESOLVE =
            "SELECT * FROM resolve_by_market($1::uuid[], $2::text[], $3::text[]::numeric[])";

    private final Slice slice;

    Crossings(Slice slice) {
        this.slice = slice;
    }

    /** Resolves all of them, in transactions of their own. What is resolved already stays as it is. */
    Uni<Void> resolve(Ticks ticks) {
        return slice.workOnce(FIND, ticks.symbols(), ticks.prices(), ticks.times(), FOUND_AT_ONCE)
                .map(rows -> Rows.list(rows, Crossing::of))
                .chain(found -> resolveFrom(0, found)
                        .chain(() ->
                                found.size() < FOUND_AT_ONCE ? Uni.createFrom().voidItem() : resolve(ticks)));
    }

    private Uni<Void> resolveFrom(int first, List<Crossing> found) {
        if (first >= found.size()) {
            return Uni.createFrom().voidItem();
        }
        int end = Math.min(first + AT_ONCE, found.size());
        return resolveTogether(found.subList(first, end)).chain(() -> resolveFrom(end, found));
    }

    private Uni<Void> resolveTogether(List<Crossing> crossings) {
        return slice.work(tx -> tx.execute(
                        RESOLVE,
                        crossings.stream().map(Crossing::signal).toArray(UUID[]::new),
                        crossings.stream().map(Crossing::outcome).toArray(String[]::new),
                        crossings.stream().map(Crossing::price).toArray(String[]::new))
                .chain(rows -> tx.publish(Rows.list(rows, SignalEvents::resolved))));
    }

    private record Crossing(UUID signal, String outcome, String price) {

        static Crossing of(Row row) {
            return new Crossing(row.getUUID("id"), row.getString("outcome"), row.getString("price"));
        }
    }
}
