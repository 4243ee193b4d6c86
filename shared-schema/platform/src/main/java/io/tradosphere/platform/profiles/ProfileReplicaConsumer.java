package io.tradosphere.platform.profiles;

import io.quarkus.arc.properties.UnlessBuildProperty;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileDeleted;
import io.tradosphere.contracts.profile.ProfileEvent;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.contracts.profile.TierChanged;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.erasure.Eraser;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.IdempotentConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A consumer of profile events that maintains the slice's profile replica. The compacted topic alone can rebuild it. */
@ApplicationScoped
@UnlessBuildProperty(name = "tradosphere.slice", stringValue = "profile")
class ProfileReplicaConsumer implements IdempotentConsumer<ProfileEvent> {

    static final String PURPOSE = "profiles";

    private static final String OLDER_INCARNATION = "SELECT incarnation FROM profiles WHERE id = $1 AND sequence < $2";
    private static final String DELETE = "DELETE FROM profiles WHERE id = $1 AND sequence < $2 RETURNING incarnation";

    private final SliceDatabase slice;
    private final Eraser eraser;

    ProfileReplicaConsumer(SliceDatabase slice, Eraser eraser) {
        this.slice = slice;
        this.eraser = eraser;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PROFILES);
    }

    @Override
    public Uni<Void> apply(Batch<ProfileEvent> batch) {
        Map<UUID, Long> deletions = deletions(batch);
        return each(deletions, this::erase)
                .chain(() -> slice.asWorker(tx -> ProfileReplica.upsert(tx, newestStates(batch))));
    }

    /** Erases one person. As a transaction of its own, it needs no order of locks among people. */
    private Uni<Void> erase(UUID profileId, long sequence) {
        return eraseOwnTables(profileId, sequence)
                .chain(() -> slice.asWorker(tx -> tx.execute(DELETE, profileId, sequence)
                        .map(rows -> Rows.first(rows, row -> row.getLong(0)).orElse(0L))
                        .chain(incarnation -> eraser.eraseCommonTables(tx, profileId, incarnation, sequence))));
    }

    /** Deletes rows that reference the replica's row, before that row itself. */
    private Uni<Void> eraseOwnTables(UUID profileId, long sequence) {
        return slice.asWorker(OLDER_INCARNATION, profileId, sequence)
                .map(rows -> Rows.first(rows, row -> row.getLong(0)))
                .chain(incarnation -> incarnation
                        .map(known -> eraser.eraseOwnTables(profileId, known))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static Map<UUID, Long> deletions(Batch<ProfileEvent> batch) {
        Map<UUID, Long> deletions = new HashMap<>();
        for (Delivery<ProfileEvent> delivery : batch.deliveries()) {
            if (delivery.event() instanceof ProfileDeleted deleted) {
                deletions.merge(deleted.profileId(), delivery.sequence(), Math::max);
            }
        }
        return deletions;
    }

    private static List<ProfileVersionedState> newestStates(Batch<ProfileEvent> batch) {
        Map<UUID, ProfileVersionedState> newest = new HashMap<>();
        for (Delivery<ProfileEvent> delivery : batch.deliveries()) {
            state(delivery.event())
                    .ifPresent(profile -> newest.merge(
                            profile.profileId(),
                            new ProfileVersionedState(delivery.sequence(), profile),
                            (known, other) -> other.sequence() > known.sequence() ? other : known));
        }
        return new ArrayList<>(newest.values());
    }

    private static Optional<ProfileState> state(ProfileEvent event) {
        if (event instanceof ProfileCreated created) {
            return Optional.of(created.profile());
        } else if (event instanceof ProfileUpdated updated) {
            return Optional.of(updated.profile());
        } else if (event instanceof TierChanged changed) {
            return Optional.of(changed.profile());
        }
        return Optional.empty();
    }

    private static Uni<Void> each(Map<UUID, Long> deletions, Deletion work) {
        return Multi.createFrom()
                .iterable(deletions.entrySet())
                .onItem()
                .transformToUniAndConcatenate(deletion -> work.of(deletion.getKey(), deletion.getValue()))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private interface Deletion {
        Uni<Void> of(UUID profileId, long sequence);
    }
}
