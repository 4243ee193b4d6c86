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
 * A page that is the same for everybody, in memory. It is read when somebody asks and the last reading began too long before; one
 * reading at a time, whose answer is shared by all who asked meanwhile. A reading that fails is told to those who wait for it, and
 * not kept.
 */
final class FirstPage {

    /** How long before a request the reading that answers it may have begun. */
    static final Duration OLDEST = Duration.ofMillis(250);

    private static final long OLDEST_NANOS = OLDEST.toNanos();

    private final Supplier<Future<Written>> source;
    private final LongSupplier nanoTime;
    private volatile Ready ready;
    private Future<Ready> reading;

    /**
     * The page that this source reads.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    FirstPage(Supplier<Future<Written>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /**
     * A page, and how it goes out.
     *
     * @param body its JSON, which can be sent any number of times
     * @param link the header that leads to the next page; null on the last
     */
    record Written(Page<SignalView> page, Buffer body, CharSequence link) {}

    /** A page and when, in nanoseconds, its reading began: it shows whatever was committed by then. */
    private record Ready(Written written, long begunAt) {

        boolean isFreshFor(long askedAt) {
            return askedAt - begunAt <= OLDEST_NANOS;
        }
    }

    /** The page, if it need not be read; else null. */
    Written atHand() {
        Ready known = ready;
        return known != null && known.isFreshFor(nanoTime.getAsLong()) ? known.written : null;
    }

    /** The page as it was at most {@link #OLDEST} ago. */
    Future<Written> find() {
        return find(nanoTime.getAsLong()).map(Ready::written);
    }

    /** Drops the page unless somebody has had it read anew. */
    void forget(Written old) {
        Ready known = ready;
        if (known != null && known.written == old) {
            ready = null;
        }
    }

    /** A reading that is under way may have begun too early for this request; one that it begins has not. */
    private Future<Ready> find(long askedAt) {
        return read(askedAt).compose(read -> read.isFreshFor(askedAt) ? Future.succeededFuture(read) : find(askedAt));
    }

    private Future<Ready> read(long askedAt) {
        Promise<Ready> promise;
        synchronized (this) {
            if (ready != null && ready.isFreshFor(askedAt)) {
                return Future.succeededFuture(ready);
            }
            if (reading != null) {
                return reading;
            }
            promise = Promise.promise();
            reading = promise.future();
        }
        long begunAt = nanoTime.getAsLong();
        source.get()
                .map(written -> new Ready(written, begunAt))
                .onSuccess(read -> ready = read)
                .onComplete(done -> {
                    synchronized (this) {
                        reading = null;
                    }
                    promise.handle(done);
                });
        return promise.future();
    }
}
