package io.tradosphere.signal.list;

import io.tradosphere.platform.http.Page;
import io.tradosphere.signal.view.SignalView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An in-memory page that is the same for every caller. A request loads it if the last load began too long before. Only
 * one load runs at a time, and all requests that arrive meanwhile share it. A failed load fails those requests and is
 * not cached.
 */
final class FirstPage {

    /** The maximum age of a page: how long before a request its load may have begun. */
    static final Duration OLDEST = Duration.ofMillis(250);

    private static final long OLDEST_NANOS = OLDEST.toNanos();

    private final Supplier<Future<RenderedPage>> source;
    private final LongSupplier nanoTime;
    private volatile Loaded loaded;
    private Future<Loaded> inFlight;

    /**
     * A page that this source loads.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    FirstPage(Supplier<Future<RenderedPage>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /**
     * A page and its response.
     *
     * @param page the page; its cursor is not authenticated yet
     * @param body its JSON, which can be sent any number of times
     * @param link the header that leads to the next page; null on the last
     */
    record RenderedPage(Page<SignalView> page, Buffer body, CharSequence link) {}

    /** A page, and when its load began in nanoseconds. It shows everything committed by then. */
    private record Loaded(RenderedPage rendered, long begunAt) {

        boolean isFreshFor(long requestedAt) {
            return requestedAt - begunAt <= OLDEST_NANOS;
        }
    }

    /** The cached page; null when it is too old. */
    RenderedPage cached() {
        Loaded current = loaded;
        return current != null && current.isFreshFor(nanoTime.getAsLong()) ? current.rendered : null;
    }

    /** The page as it was at most {@link #OLDEST} before the call. */
    Future<RenderedPage> find() {
        return loadFor(nanoTime.getAsLong()).map(Loaded::rendered);
    }

    /** Evicts this page unless a newer one has replaced it. */
    void evict(RenderedPage old) {
        Loaded current = loaded;
        if (current != null && current.rendered == old) {
            loaded = null;
        }
    }

    /** A load in flight may have begun too early for this request; a load that this request starts has not. */
    private Future<Loaded> loadFor(long requestedAt) {
        return joinLoad(requestedAt)
                .compose(found -> found.isFreshFor(requestedAt) ? Future.succeededFuture(found) : loadFor(requestedAt));
    }

    private Future<Loaded> joinLoad(long requestedAt) {
        Promise<Loaded> promise;
        synchronized (this) {
            if (loaded != null && loaded.isFreshFor(requestedAt)) {
                return Future.succeededFuture(loaded);
            }
            if (inFlight != null) {
                return inFlight;
            }
            promise = Promise.promise();
            inFlight = promise.future();
        }
        long begunAt = nanoTime.getAsLong();
        source.get()
                .map(rendered -> new Loaded(rendered, begunAt))
                .onSuccess(page -> loaded = page)
                .onComplete(done -> {
                    synchronized (this) {
                        inFlight = null;
                    }
                    promise.handle(done);
                });
        return promise.future();
    }
}
