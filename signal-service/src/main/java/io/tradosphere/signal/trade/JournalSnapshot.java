package io.tradosphere.signal.trade;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;

/** Transactions whose fetches all see the journal as of the first. */
public final class JournalSnapshot {

    private static final String AS_OF_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private JournalSnapshot() {}

    /** Makes a transaction one; nothing was fetched in it before. */
    public static Uni<Void> begin(Tx tx) {
        return tx.execute(AS_OF_ONE_MOMENT).replaceWithVoid();
    }
}
