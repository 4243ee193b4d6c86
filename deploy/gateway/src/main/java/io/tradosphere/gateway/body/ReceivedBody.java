package io.tradosphere.gateway.body;

import io.vertx.httpproxy.Body;

/** A request body that has arrived completely, in memory or in a temporary file. */
public final class ReceivedBody {

    /** No body. */
    public static final ReceivedBody NONE = new ReceivedBody(null, true, () -> {});

    private final Body content;
    private final boolean repeatable;
    private final Runnable release;
    private boolean closed;

    ReceivedBody(Body content, boolean repeatable, Runnable release) {
        this.content = content;
        this.repeatable = repeatable;
        this.release = release;
    }

    /** The bytes and their number; null without a body. */
    public Body content() {
        return content;
    }

    /** Whether it can be sent again. A file is read once. */
    public boolean isRepeatable() {
        return repeatable;
    }

    /** Frees the memory or deletes the file. Further calls have no effect. */
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
