package io.tradosphere.signal.replica;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import java.util.UUID;

/** The lock on the rows of creators. */
final class Creators {

    /** Taken before any other row lock, as in every transaction that touches the follows of a creator. */
    private static final String LOCK = "SELECT FROM creators WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE";

    private Creators() {}

    /** Locks the existing creator rows of these profiles. */
    static Uni<Void> lock(Tx tx, UUID... people) {
        return tx.execute(LOCK, (Object) people).replaceWithVoid();
    }
}
