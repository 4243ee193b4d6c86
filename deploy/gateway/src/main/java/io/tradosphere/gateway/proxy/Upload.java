package io.tradosphere.gateway.proxy;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;

/** A request body on its way: stops at a limit, and tells of its progress. */
final class Upload implements ReadStream<Buffer> {

    private final HttpServerRequest source;
    private final long limit;
    private Runnable progress = () -> {};
    private Handler<Throwable> failed;
    private long seen;

    /** @param limit most bytes that may pass */
    Upload(HttpServerRequest source, long limit) {
        this.source = source;
        this.limit = limit;
    }

    /** Whether the body was longer than allowed; none of what came after the limit has been passed on. */
    boolean isTooLarge() {
        return seen > limit;
    }

    /** Called for each piece that passes. */
    void onProgress(Runnable listener) {
        this.progress = listener;
    }

    @Override
    public Upload handler(Handler<Buffer> handler) {
        source.handler(handler == null ? null : piece -> accept(piece, handler));
        return this;
    }

    private void accept(Buffer piece, Handler<Buffer> handler) {
        seen += piece.length();
        if (!isTooLarge()) {
            progress.run();
            handler.handle(piece);
        } else if (failed != null) {
            failed.handle(new TooLargeException());
        }
    }

    @Override
    public Upload exceptionHandler(Handler<Throwable> handler) {
        failed = handler;
        source.exceptionHandler(handler);
        return this;
    }

    @Override
    public Upload pause() {
        source.pause();
        return this;
    }

    @Override
    public Upload resume() {
        source.resume();
        return this;
    }

    @Override
    public Upload fetch(long amount) {
        source.fetch(amount);
        return this;
    }

    @Override
    public Upload endHandler(Handler<Void> handler) {
        source.endHandler(handler);
        return this;
    }

    /** Why the body ended early. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("request body over the limit", null, false, false);
        }
    }
}
