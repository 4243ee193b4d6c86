package io.tradosphere.gateway.body;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.ReadStream;

/**
 * A stream of a file that may be closed before its end. A service may respond before it has read the whole body. An
 * {@link AsyncFile} that is closed throws an exception at whoever still reads it. This stream fails instead.
 */
final class FileBody implements ReadStream<Buffer> {

    private final AsyncFile file;
    private Handler<Throwable> failed;
    private boolean closed;

    /** A stream of the rest of {@code file}. */
    FileBody(AsyncFile file) {
        this.file = file;
    }

    /** Closes the file. Whoever still reads it gets a failure. */
    void close() {
        closed = true;
        file.handler(null);
        file.close();
        if (failed != null) {
            failed.handle(new IllegalStateException("The response came before the end of the request."));
        }
    }

    @Override
    public FileBody exceptionHandler(Handler<Throwable> handler) {
        failed = handler;
        if (!closed) {
            file.exceptionHandler(handler);
        }
        return this;
    }

    @Override
    public FileBody handler(Handler<Buffer> handler) {
        if (!closed) {
            file.handler(handler);
        }
        return this;
    }

    @Override
    public FileBody endHandler(Handler<Void> handler) {
        if (!closed) {
            file.endHandler(handler);
        }
        return this;
    }

    @Override
    public FileBody pause() {
        if (!closed) {
            file.pause();
        }
        return this;
    }

    @Override
    public FileBody resume() {
        if (!closed) {
            file.resume();
        }
        return this;
    }

    @Override
    public FileBody fetch(long amount) {
        if (!closed) {
            file.fetch(amount);
        }
        return this;
    }
}
