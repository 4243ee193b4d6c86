package io.tradosphere.platform.people;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import java.util.UUID;

/** What a slice deletes of a person who is erased; one bean a service. The platform's own tables see to themselves. */
public interface Forgetting {

    /**
     * Deletes a bounded part (some thousand rows at most) of what the slice holds of the person in that incarnation or an earlier
     * one, publishing what lowers somebody else's count. Called in transaction after transaction until nothing is left.
     *
     * @return whether there may be more
     */
    Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation);
}
