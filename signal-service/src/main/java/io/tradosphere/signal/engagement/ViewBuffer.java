package io.tradosphere.signal.engagement;

import io.tradosphere.platform.buffer.WriteBuffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** A buffer of views that are not stored yet: when a viewer first viewed a signal since the last flush. */
@ApplicationScoped
class ViewBuffer extends WriteBuffer<ViewBuffer.Viewed, Instant> {

    /** The maximum number of views, some 15 MB. */
    private static final int ROOM = 50_000;

    /** What one statement stores. */
    private static final int BATCH = 1_000;

    record Viewed(UUID signal, Viewer viewer) {}

    @Inject
    ViewBuffer() {
        this(ROOM);
    }

    /** A viewer's further views of a signal do not count. */
    ViewBuffer(int room) {
        super(room, BATCH, (first, further) -> first);
    }

    /**
     * Takes a view.
     *
     * @return whether it was taken; false when the buffer is full
     */
    boolean add(UUID signal, Viewer viewer, Instant at) {
        return add(new Viewed(signal, viewer), at);
    }
}
