package io.tradosphere.signal.market;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;

/** The last traded price of each symbol. */
@ApplicationScoped
class LastPrices {

    /** Waits for signals that are being posted. Symbols are locked in order, so that two replicas cannot deadlock. */
    private static final String AWAIT_POSTS = """
            SELECT FROM (SELECT DISTINCT symbol FROM unnest($1::text[]) AS t(symbol) ORDER BY symbol) AS ticked
            CROSS JOIN LATERAL auth.lock('tick:' || ticked.symbol)
            """;

    /** Of two ticks of the same instant the first counts, in one batch or in two. */
    private static final String UPSERT = """
            INSERT INTO last_prices AS existing (symbol, price, ticked_at)
            SELECT DISTINCT ON (t.symbol) t.symbol, t.price::numeric, t.at::timestamptz
            FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS t(symbol, price, at, position)
            ORDER BY t.symbol, t.at::timestamptz DESC, t.position
            ON CONFLICT (symbol) DO UPDATE SET price = EXCLUDED.price, ticked_at = EXCLUDED.ticked_at
            WHERE existing.ticked_at < EXCLUDED.ticked_at
            """;

    private final SliceDatabase slice;

    LastPrices(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Stores the ticks that are newer than the stored ones. After the commit every signal is either visible to these
     * ticks, or was checked against them when it was posted.
     */
    Uni<Void> store(Ticks ticks) {
        return slice.asWorker(tx -> tx.execute(AWAIT_POSTS, (Object) ticks.symbols())
                .chain(() -> tx.execute(UPSERT, ticks.symbols(), ticks.prices(), ticks.times()))
                .replaceWithVoid());
    }
}
