package io.tradosphere.billing.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.Forgetting;
import io.tradosphere.platform.people.ForgettingInParts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Forgets an erased person. The books stay whole: what was paid or is owed remains there, without a name. */
@ApplicationScoped
class Erasure implements Forgetting {

    private final ForgettingInParts parts = new ForgettingInParts(
            Stream.of(Subscriptions.PARTS, Books.PARTS).flatMap(List::stream).toList());

    @Override
    public Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation) {
        return parts.forgetSome(tx, person, incarnation);
    }
}
