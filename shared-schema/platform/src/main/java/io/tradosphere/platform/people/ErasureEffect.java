package io.tradosphere.platform.people;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ErasureEvent;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.function.Function;

/** Erases people from this slice, also when it was down for longer than the tombstones of profiles live. */
@ApplicationScoped
class ErasureEffect implements Effect<ErasureEvent> {

    private static final String DROP = "DELETE FROM profiles WHERE id = $1 AND incarnation <= $2";

    private final Eraser eraser;

    ErasureEffect(Eraser eraser) {
        this.eraser = eraser;
    }

    @Override
    public String purpose() {
        return "erasures";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.ERASURES);
    }

    /** Erasing twice changes nothing, and an inbox would only remember whom it should not. */
    @Override
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    @Override
    public Uni<Void> prepare(Batch<ErasureEvent> batch) {
        return each(batch, erased -> eraser.forget(erased.profileId(), erased.incarnation()));
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<ErasureEvent> batch) {
        return each(
                batch,
                erased -> tx.execute(DROP, erased.profileId(), erased.incarnation())
                        .chain(() -> eraser.depart(tx, erased.profileId(), erased.incarnation(), 0)));
    }

    private static Uni<Void> each(Batch<ErasureEvent> batch, Function<Erased, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(batch.deliveries())
                .map(Delivery::event)
                .filter(Erased.class::isInstance)
                .map(Erased.class::cast)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
