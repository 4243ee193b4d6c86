package io.tradosphere.platform.erasure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ErasureEvent;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.IdempotentConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** A consumer of erasures. It erases people even when the slice was down longer than profile tombstones are kept. */
@ApplicationScoped
class ErasureConsumer implements IdempotentConsumer<ErasureEvent> {

    private static final String DELETE_PROFILE = "DELETE FROM profiles WHERE id = $1 AND incarnation <= $2";

    private final SliceDatabase slice;
    private final Eraser eraser;

    ErasureConsumer(SliceDatabase slice, Eraser eraser) {
        this.slice = slice;
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

    @Override
    public Uni<Void> apply(Batch<ErasureEvent> batch) {
        return Multi.createFrom()
                .iterable(batch.deliveries())
                .map(Delivery::event)
                .filter(Erased.class::isInstance)
                .map(Erased.class::cast)
                .onItem()
                .transformToUniAndConcatenate(this::erase)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> erase(Erased erased) {
        return eraser.eraseOwnTables(erased.profileId(), erased.incarnation())
                .chain(() -> slice.asWorker(tx -> tx.execute(DELETE_PROFILE, erased.profileId(), erased.incarnation())
                        .chain(() -> eraser.eraseCommonTables(tx, erased.profileId(), erased.incarnation(), 0))));
    }
}
