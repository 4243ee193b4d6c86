package io.tradosphere.streaming.viewer;

import io.tradosphere.platform.buffer.WriteBuffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** A buffer of heartbeats and leavings that are not stored yet. */
@ApplicationScoped
class PresenceBuffer extends WriteBuffer<PresenceBuffer.Watcher, Presence> {

    /** The maximum number of people at streams, some 15 MB. */
    private static final int ROOM = 50_000;

    /**
     * What one statement stores. The peak is counted within a statement, in the order of time. So everybody of a second should be
     * in one.
     */
    private static final int BATCH = 10_000;

    record Watcher(UUID stream, UUID person) {}

    @Inject
    PresenceBuffer() {
        super(ROOM, BATCH, Presence::and);
    }
}
