package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** What reconciliations work with: the slice's database, the events in flight and the sources of other services. */
@ApplicationScoped
public class Reconciler {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final SliceDatabase slice;
    private final EventsInFlight inFlight;
    private final SourceClient sources;
    private final Runnable onProgress;

    @Inject
    Reconciler(SliceDatabase slice, EventsInFlight inFlight, SourceClient sources) {
        this(slice, inFlight, sources, () -> {});
    }

    private Reconciler(SliceDatabase slice, EventsInFlight inFlight, SourceClient sources, Runnable onProgress) {
        this.slice = slice;
        this.inFlight = inFlight;
        this.sources = sources;
        this.onProgress = onProgress;
    }

    /** The same, for one run that somebody watches. */
    Reconciler watchedBy(Runnable watcher) {
        return new Reconciler(slice, inFlight, sources, watcher);
    }

    /** Says that the run goes on. Who waits for a run gives up when it says nothing for minutes. */
    public void progressed() {
        onProgress.run();
    }

    /** The slice's database. */
    public SliceDatabase slice() {
        return slice;
    }

    /** The client of another service's sources. */
    public SourceClient sources() {
        return sources;
    }

    /** Waits until the events of this slice's own topics are published and applied by a consumer group of this service. */
    Uni<Void> awaitOwn(DerivedValue.OwnEvents events, Duration timeout) {
        return Multi.createFrom()
                .iterable(events.topics())
                .onItem()
                .transformToUniAndConcatenate(topic -> inFlight.awaitPublished(topic, timeout)
                        .invoke(this::progressed)
                        .chain(() -> inFlight.awaitApplied(topic, events.purpose(), timeout))
                        .invoke(this::progressed))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /**
     * Waits until another service's events have been published and applied here, for at most three minutes.
     *
     * @param source the other slice
     * @param dataset its source
     * @param purpose the purpose of the consumer group that applies them
     */
    public Uni<Void> awaitFrom(String source, String dataset, Topic topic, String purpose) {
        return awaitFrom(source, dataset, topic, purpose, TIMEOUT);
    }

    Uni<Void> awaitFrom(String source, String dataset, Topic topic, String purpose, Duration timeout) {
        return sources.awaitPublished(source, dataset)
                .invoke(this::progressed)
                .chain(() -> inFlight.awaitApplied(topic, purpose, timeout))
                .invoke(this::progressed);
    }

    Duration timeout() {
        return TIMEOUT;
    }
}
