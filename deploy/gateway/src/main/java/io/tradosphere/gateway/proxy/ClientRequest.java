package io.tradosphere.gateway.proxy;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/** A wrapper of a client's request for the proxy library. It decides what happens when the client disconnects. */
final class ClientRequest extends HttpServerRequestWrapper {

    private final HttpServerResponse response;

    private ClientRequest(HttpServerRequest request, HttpServerResponse response) {
        super((HttpServerRequestInternal) request);
        this.response = response;
    }

    /** A request for an event stream. It ends at the service when the client disconnects. */
    static ClientRequest ofStream(HttpServerRequest request, Vertx vertx) {
        return new ClientRequest(request, new LateReset(request.response(), vertx));
    }

    /** Any other request. Its response is read to its end, and discarded when the client has disconnected. */
    static ClientRequest of(HttpServerRequest request, Vertx vertx) {
        return new ClientRequest(request, new Discarding(request.response(), vertx));
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }

    /**
     * The library resets the response from within a failed write when the client has disconnected. Netty's encoder is
     * not reentrant. A nested call then releases a buffer that may belong to another request. Here a reset waits until
     * the write has returned.
     */
    private static class LateReset extends AbstractResponseWrapper {

        private final HttpServerResponse delegate;
        private final Vertx vertx;

        LateReset(HttpServerResponse delegate, Vertx vertx) {
            super(delegate);
            this.delegate = delegate;
            this.vertx = vertx;
        }

        @Override
        public boolean reset() {
            return reset(0);
        }

        @Override
        public boolean reset(long code) {
            vertx.runOnContext(later -> delegate.reset(code));
            return true;
        }
    }

    /**
     * The library resets the request to the service when the client disconnects. Vert.x then closes the connection to
     * the service, even when the response has ended and another request already uses that connection. Here the library
     * never learns that the client has disconnected.
     */
    private static final class Discarding extends LateReset {

        private final HttpServerResponse delegate;
        private Handler<Void> drained;
        private boolean broken;

        Discarding(HttpServerResponse delegate, Vertx vertx) {
            super(delegate, vertx);
            this.delegate = delegate;
            delegate.exceptionHandler(disconnected -> drain());
        }

        /** Only the library calls this, to reset the request to the service. */
        @Override
        public HttpServerResponse exceptionHandler(Handler<Throwable> reset) {
            return this;
        }

        @Override
        public HttpServerResponse drainHandler(Handler<Void> handler) {
            drained = handler;
            delegate.drainHandler(writable -> drain());
            if (isOver()) {
                drain();
            }
            return this;
        }

        private void drain() {
            Handler<Void> waiting = drained;
            drained = null;
            if (waiting != null) {
                waiting.handle(null);
            }
        }

        @Override
        public boolean writeQueueFull() {
            return !isOver() && delegate.writeQueueFull();
        }

        @Override
        public Future<Void> write(Buffer piece) {
            return isOver() ? Future.succeededFuture() : delegate.write(piece).recover(this::discard);
        }

        @Override
        public void write(Buffer piece, Handler<AsyncResult<Void>> handler) {
            write(piece).onComplete(handler);
        }

        @Override
        public Future<Void> end() {
            return isOver() ? Future.succeededFuture() : delegate.end().recover(this::discard);
        }

        @Override
        public void end(Handler<AsyncResult<Void>> handler) {
            end().onComplete(handler);
        }

        private boolean isOver() {
            return broken || delegate.closed();
        }

        /** A failed write may precede the news that the client has disconnected. */
        private Future<Void> discard(Throwable failure) {
            broken = true;
            reset();
            return Future.succeededFuture();
        }
    }
}
