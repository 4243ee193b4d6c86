package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** What reconciliations work with: the slice's database, the events in flight and the sources of other services. */
@ApplicationScoped
public class Reconciler {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final SliceDatabase slice;
    private final EventsInFlight inFlight;
    private final SourceClient sources;

    Reconciler(SliceDatabase slice, EventsInFlight inFlight, SourceClient sources) {
        this.slice = slice;
        this.inFlight = inFlight;
        this.sources = sources;
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
                        .chain(() -> inFlight.awaitApplied(topic, events.purpose(), timeout)))
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
        return sources.awaitPublished(source, dataset).chain(() -> inFlight.awaitApplied(topic, purpose, timeout));
    }

    Duration timeout() {
        return TIMEOUT;
    }
}
