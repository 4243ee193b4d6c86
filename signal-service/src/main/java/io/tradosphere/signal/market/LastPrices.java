package io.tradosphere.signal.market;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import jakarta.enterprise.context.ApplicationScoped;

/** What each symbol last traded at. */
@ApplicationScoped
class LastPrices {

    /** In the order of the keys, so that two replicas cannot deadlock. */
    private static final String AWAIT_CALLS = """
            SELECT FROM (SELECT DISTINCT hashtextextended(symbol, %d) AS key FROM unnest($1::text[]) AS t(symbol) ORDER BY key) AS k
            CROSS JOIN LATERAL pg_advisory_xact_lock(k.key)
            """.formatted(FreshTick.SEED);

    /** Of two ticks of one instant the first counts, whether or not they come in one batch. */
    private static final String KEEP = """
            INSERT INTO last_prices AS known (symbol, price, ticked_at)
            SELECT DISTINCT ON (t.symbol) t.symbol, t.price::numeric, t.at::timestamptz
            FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS t(symbol, price, at, position)
            ORDER BY t.symbol, t.at::timestamptz DESC, t.position
            ON CONFLICT (symbol) DO UPDATE SET price = EXCLUDED.price, ticked_at = EXCLUDED.ticked_at
            WHERE known.ticked_at < EXCLUDED.ticked_at
            """;

    private final Slice slice;

    LastPrices(Slice slice) {
        this.slice = slice;
    }

    /**
     * Keeps what is newer than what is known. Once that is committed every call is either there to be crossed by these ticks, or
     * was checked against them.
     */
    Uni<Void> keep(Ticks ticks) {
        return slice.work(tx -> tx.execute(AWAIT_CALLS, (Object) ticks.symbols())
                .chain(() -> tx.execute(KEEP, ticks.symbols(), ticks.prices(), ticks.times()))
                .replaceWithVoid());
    }
}
