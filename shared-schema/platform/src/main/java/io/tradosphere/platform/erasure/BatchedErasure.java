package io.tradosphere.platform.erasure;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The erasure of a person from the service's own tables, by the steps of every {@link FeatureErasure}, in bounded transactions. Each
 * transaction takes a batch of the first step that has rows left. The transaction that finds no row also deletes the profile's row, so
 * no new reference can appear in between.
 */
@ApplicationScoped
public class BatchedErasure {

    private static final String LOCK_PROFILE = "SELECT FROM profiles WHERE id = $1 AND incarnation <= $2 FOR UPDATE";
    private static final String DELETE_PROFILE = "DELETE FROM profiles WHERE id = $1 AND incarnation <= $2";

    private final List<ErasureStep> steps;

    BatchedErasure(@All List<FeatureErasure> features) {
        this.steps = features.stream()
                .sorted(Comparator.comparingInt(FeatureErasure::order))
                .flatMap(feature -> feature.steps().stream())
                .toList();
    }

    /**
     * Erases one batch, a few thousand rows at most, of the person's data in this or an earlier incarnation. Publishes the events
     * that correct other people's counts. Called in one transaction after another until it returns false.
     *
     * @return whether there may be more rows
     */
    public Uni<Boolean> eraseBatch(Tx tx, UUID person, long incarnation) {
        return eraseFrom(0, tx, person, incarnation)
                .chain(more -> more ? Uni.createFrom().item(true) : finish(tx, person, incarnation));
    }

    /** The columns that no longer name an erased person, as {@code table.column}. */
    public Set<String> columns() {
        return steps.stream().flatMap(step -> step.columns().stream()).collect(Collectors.toSet());
    }

    /** Locks the profile last: a transaction that already holds another row and then references the profile would deadlock. */
    private Uni<Boolean> finish(Tx tx, UUID person, long incarnation) {
        return tx.execute(LOCK_PROFILE, person, incarnation)
                .chain(() -> eraseFrom(0, tx, person, incarnation))
                .chain(more -> more
                        ? Uni.createFrom().item(true)
                        : tx.execute(DELETE_PROFILE, person, incarnation).replaceWith(false));
    }

    private Uni<Boolean> eraseFrom(int index, Tx tx, UUID person, long incarnation) {
        if (index == steps.size()) {
            return Uni.createFrom().item(false);
        }
        return steps.get(index)
                .batch()
                .erase(tx, person, incarnation)
                .chain(more -> more ? Uni.createFrom().item(true) : eraseFrom(index + 1, tx, person, incarnation));
    }
}
