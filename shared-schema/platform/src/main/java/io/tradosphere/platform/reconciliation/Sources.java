package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The sources of this service, as other services ask for them. */
@ApplicationScoped
class Sources {

    /** A replica decides within this time; then the lock is released whatever happened. */
    private static final Duration HOLD = Duration.ofSeconds(10);

    private static final Duration PUBLISHED_TIMEOUT = Duration.ofMinutes(3);
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'";

    private final SliceDatabase slice;
    private final EventsInFlight inFlight;
    private final Instance<Reconciled> features;
    private final Map<UUID, CompletableFuture<Void>> holds = new ConcurrentHashMap<>();

    Sources(SliceDatabase slice, EventsInFlight inFlight, @Any Instance<Reconciled> features) {
        this.slice = slice;
        this.inFlight = inFlight;
        this.features = features;
    }

    /** Rows of a source that stay locked until the hold is released or ten seconds have passed. */
    record Hold(UUID id, long sequence, List<KeyedRow> rows) {}

    /**
     * The source of that name.
     *
     * @throws ReconciliationException when there is none
     */
    ReplicaSource named(String dataset) {
        return features.stream()
                .flatMap(feature -> feature.sources().stream())
                .filter(source -> source.dataset().equals(dataset))
                .findFirst()
                .orElseThrow(() -> new ReconciliationException(slice.service() + " has no source '" + dataset + "'."));
    }

    Uni<RowSets.Digests> digests(ReplicaSource source) {
        return RowSets.lastSequence(slice::asWorker)
                .chain(sequence -> rowsOf(source).digests(slice, sequence));
    }

    Uni<SourceClient.SourceRows> ofRanges(ReplicaSource source, List<String> ranges) {
        return rowsOf(source).ofRanges(slice::asWorker, 0, ranges).chain(this::withSequence);
    }

    Uni<SourceClient.SourceRows> ofKeys(ReplicaSource source, List<String> keys) {
        return rowsOf(source).ofKeys(slice::asWorker, 0, keys).chain(this::withSequence);
    }

    Uni<Void> awaitPublished(ReplicaSource source) {
        return inFlight.awaitPublished(source.topic(), PUBLISHED_TIMEOUT);
    }

    Uni<Void> republish(ReplicaSource source, List<String> keys) {
        return slice.asWorker(tx -> source.republish(tx, keys.stream().sorted().toList()));
    }

    /** Locks rows in a transaction that stays open, and returns them. */
    Uni<Hold> hold(ReplicaSource source, List<String> keys) {
        UUID id = UUID.randomUUID();
        CompletableFuture<Void> release = new CompletableFuture<>();
        return Uni.createFrom()
                .<Hold>emitter(locked -> slice.<Void>asWorker(tx -> lock(tx, source, keys)
                                .chain(() -> RowSets.lastSequence(tx::execute))
                                .chain(sequence -> rowsOf(source)
                                        .ofKeys(tx::execute, 0, keys)
                                        .map(rows -> new Hold(id, sequence, rows)))
                                .invoke(hold -> {
                                    holds.put(id, release);
                                    locked.complete(hold);
                                })
                                .chain(() -> Uni.createFrom()
                                        .completionStage(
                                                release.completeOnTimeout(null, HOLD.toSeconds(), TimeUnit.SECONDS)))
                                .onTermination()
                                .invoke(() -> holds.remove(id)))
                        .subscribe()
                        .with(done -> {}, locked::fail));
    }

    /** Releases a hold. Does nothing when it is over. */
    void release(UUID hold) {
        CompletableFuture<Void> release = holds.get(hold);
        if (release != null) {
            release.complete(null);
        }
    }

    private static Uni<Void> lock(Tx tx, ReplicaSource source, List<String> keys) {
        return tx.execute(LOCK_TIMEOUT)
                .chain(() -> Multi.createFrom()
                        .iterable(source.locks())
                        .onItem()
                        .transformToUniAndConcatenate(statement ->
                                tx.execute(new SqlTemplate(statement).restricted(1), (Object) RowSets.first(keys)))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    private Uni<SourceClient.SourceRows> withSequence(List<KeyedRow> rows) {
        return RowSets.lastSequence(slice::asWorker).map(sequence -> new SourceClient.SourceRows(sequence, rows));
    }

    private static RowSets rowsOf(ReplicaSource source) {
        return new RowSets(source.rows(), false);
    }
}
