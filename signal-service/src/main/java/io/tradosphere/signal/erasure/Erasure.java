package io.tradosphere.signal.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.Forgetting;
import io.tradosphere.platform.people.ForgettingInParts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Forgets an erased person: what they called, said, traded and watched, and the copies of whom they follow and block. */
@ApplicationScoped
class Erasure implements Forgetting {

    private final ForgettingInParts parts =
            new ForgettingInParts(Stream.of(Calls.PARTS, Answers.PARTS, Journal.PARTS, Watchlists.PARTS, Feeds.PARTS)
                    .flatMap(List::stream)
                    .toList());

    @Override
    public Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation) {
        return parts.forgetSome(tx, person, incarnation);
    }
}
