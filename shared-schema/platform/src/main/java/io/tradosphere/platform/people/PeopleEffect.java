package io.tradosphere.platform.people;

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
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps the slice's copy of profiles; on an empty database the compacted topic alone rebuilds it. */
@ApplicationScoped
@UnlessBuildProperty(name = "tradosphere.slice", stringValue = "profile")
class PeopleEffect implements Effect<ProfileEvent> {

    private static final String KNOWN_INCARNATION = "SELECT incarnation FROM profiles WHERE id = $1 AND sequence < $2";
    private static final String DROP = "DELETE FROM profiles WHERE id = $1 AND sequence < $2 RETURNING incarnation";

    private final Slice slice;
    private final Eraser eraser;

    PeopleEffect(Slice slice, Eraser eraser) {
        this.slice = slice;
        this.eraser = eraser;
    }

    @Override
    public String purpose() {
        return "profiles";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PROFILES);
    }

    @Override
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    /** Whoever was deleted leaves rows behind that refer to the copy's: those go first, part by part. */
    @Override
    public Uni<Void> prepare(Batch<ProfileEvent> batch) {
        return each(
                deletions(batch),
                (person, sequence) -> slice.workOnce(KNOWN_INCARNATION, person, sequence)
                        .map(rows -> Rows.first(rows, row -> row.getLong(0)))
                        .chain(incarnation -> incarnation
                                .map(known -> eraser.forget(person, known))
                                .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<ProfileEvent> batch) {
        return each(
                        deletions(batch),
                        (person, sequence) -> tx.execute(DROP, person, sequence)
                                .map(rows ->
                                        Rows.first(rows, row -> row.getLong(0)).orElse(0L))
                                .chain(incarnation -> eraser.depart(tx, person, incarnation, sequence)))
                .chain(() -> PeopleCopy.takeOver(tx, newestStates(batch)));
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

    private static List<PersonState> newestStates(Batch<ProfileEvent> batch) {
        Map<UUID, PersonState> newest = new HashMap<>();
        for (Delivery<ProfileEvent> delivery : batch.deliveries()) {
            state(delivery.event())
                    .ifPresent(profile -> newest.merge(
                            profile.profileId(),
                            new PersonState(delivery.sequence(), profile),
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
        Uni<Void> of(UUID person, long sequence);
    }
}
