package io.tradosphere.signal.graph;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import java.util.UUID;

/** SQL that the copies have in common. */
public final class Pairs {

    /**
     * Of {@code told}, events with {@code one}, {@code one_incarnation}, {@code other} and {@code other_incarnation}: {@code lives},
     * the same with {@code past}, whether either life has ended. Not everybody need be known here yet; who is known cannot go before
     * this is committed, so whoever goes finds every row to forget.
     */
    static final String LIVES = """
            known AS MATERIALIZED (
              SELECT id, incarnation FROM profiles WHERE id IN (SELECT one FROM told UNION SELECT other FROM told)
              ORDER BY id FOR KEY SHARE
            ), ended AS (
              SELECT lived.id, lived.incarnation
              FROM (SELECT one, one_incarnation FROM told UNION SELECT other, other_incarnation FROM told)
                AS lived (id, incarnation)
              WHERE EXISTS (SELECT FROM known WHERE known.id = lived.id AND known.incarnation > lived.incarnation)
                OR EXISTS (SELECT FROM departed WHERE departed.pseudonym = auth.pseudonym(lived.id)
                  AND departed.incarnation >= lived.incarnation)
            ), lives AS (
              SELECT told.*, (one, one_incarnation) IN (SELECT id, incarnation FROM ended)
                OR (other, other_incarnation) IN (SELECT id, incarnation FROM ended) AS past
              FROM told
            )
            """;

    private static final String LOCK = "hashtextextended('signal.pairs', 0)";

    /** SQL that waits until nobody copies pairs, and lets nobody begin before the transaction ends. */
    public static final String STILL = "SELECT pg_advisory_xact_lock(" + LOCK + ")";

    /** Before anything else is locked, as everybody does who touches the follows of a creator. */
    private static final String LOCK_CREATORS =
            "SELECT FROM creators WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE";

    /**
     * A transaction that copies pairs holds this until its end. Erasure, which remembers first that somebody has gone, waits for
     * all that were under way by then; those that begin later know it. So no pair is copied behind its back.
     */
    private static final String COPYING = "SELECT pg_advisory_xact_lock_shared(" + LOCK + ")";

    private Pairs() {}

    /** Begins copying pairs, and locks what there is of these people as creators. */
    static Uni<Void> lockCreators(Tx tx, UUID... people) {
        return tx.execute(COPYING)
                .chain(() -> tx.execute(LOCK_CREATORS, (Object) people))
                .replaceWithVoid();
    }
}
