package io.tradosphere.signal.engagement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Views that are counted and not stored yet. What is to be stored comes in batches that never change again, so that a batch whose
 * fate is not known can be stored a second time under the same id.
 */
@ApplicationScoped
class ViewBuffer {

    /** How many signals a transaction touches at most. */
    private static final int BATCH = 1_000;
    /** Some 10 MB. Only distinct signals take room, however often each is viewed. */
    private static final int ROOM = 50_000;

    private final int room;
    private Map<UUID, Views> open = new HashMap<>();
    private Iterator<Map.Entry<UUID, Views>> sealed = Collections.emptyIterator();
    private Batch batch;

    @Inject
    ViewBuffer() {
        this(ROOM);
    }

    /** With room for the views of so many signals, and as many again while those before are being stored. */
    ViewBuffer(int room) {
        this.room = room;
    }

    /** The views of one signal; {@code lastAt} is when the last of them happened. */
    record Views(long count, Instant lastAt) {
        private Views plus(Views later) {
            return new Views(count + later.count, later.lastAt);
        }
    }

    /** Views to be stored together, once; {@code id} tells whether they have been. */
    record Batch(UUID id, Map<UUID, Views> signals) {}

    /**
     * Counts a view.
     *
     * @return whether it is counted; false when there is no room for one more signal
     */
    synchronized boolean add(UUID signal, Instant at) {
        if (open.size() >= room && !open.containsKey(signal)) {
            return false;
        }
        open.merge(signal, new Views(1, at), Views::plus);
        return true;
    }

    /** Ends the counting of what is there; it comes in batches. While some of what was there before is left, it goes on instead. */
    synchronized void seal() {
        if (batch == null && !sealed.hasNext()) {
            sealed = open.entrySet().iterator();
            open = new HashMap<>();
        }
    }

    /** What is to be stored next; the same until it {@linkplain #stored is}. */
    synchronized Optional<Batch> next() {
        if (batch == null && sealed.hasNext()) {
            Map<UUID, Views> signals = new HashMap<>();
            while (sealed.hasNext() && signals.size() < BATCH) {
                Map.Entry<UUID, Views> signal = sealed.next();
                signals.put(signal.getKey(), signal.getValue());
            }
            batch = new Batch(UUID.randomUUID(), signals);
        }
        return Optional.ofNullable(batch);
    }

    /** Forgets a batch that is stored; twice is as good as once. */
    synchronized void stored(Batch known) {
        if (batch != null && batch.id().equals(known.id())) {
            batch = null;
        }
    }
}
