package io.tradosphere.social.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.Forgetting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Forgets an erased person: their memberships first, then their follows and blocks, and with the last of these the copy's row, so
 * that nothing new can refer to it in between.
 */
@ApplicationScoped
class Erasure implements Forgetting {

    /**
     * Keeps follows, blocks and memberships of the person from coming in until the transaction ends. Whoever changes a clan locks
     * the clan first and the person after it, so this comes after the memberships.
     */
    private static final String LOCK = "SELECT FROM profiles WHERE id = $1 FOR UPDATE";

    private static final String DROP = """
            DELETE FROM profiles p WHERE p.id = $1 AND p.incarnation <= $2
              AND NOT EXISTS (SELECT FROM clan_members m WHERE m.user_id = p.id AND m.incarnation <= $2)
            """;
    private static final String REMAINS = "SELECT FROM profiles WHERE id = $1 AND incarnation <= $2";

    private final Memberships memberships;
    private final Edges edges;

    Erasure(Memberships memberships, Edges edges) {
        this.memberships = memberships;
        this.edges = edges;
    }

    @Override
    public Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation) {
        return memberships
                .endSome(tx, person, incarnation)
                .chain(ended -> ended > 0 ? Uni.createFrom().item(true) : forgetEdges(tx, person, incarnation));
    }

    private Uni<Boolean> forgetEdges(Tx tx, UUID person, long incarnation) {
        return tx.execute(LOCK, person)
                .chain(() -> edges.endSome(tx, person, incarnation))
                .chain(more -> more
                        ? Uni.createFrom().item(true)
                        : tx.execute(DROP, person, incarnation)
                                .chain(() -> tx.execute(REMAINS, person, incarnation))
                                .map(remains -> remains.size() > 0));
    }
}
