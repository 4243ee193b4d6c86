package io.tradosphere.bench.load;

import io.tradosphere.stack.StackException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Measures the delay between a follow's response and its visibility in the follower count. The count does not identify follows.
 * A follow counts as visible once the count includes every follow sent before its response. The result is therefore an upper
 * bound. Runs on the generator's event loop.
 */
public final class VisibilityProbe {

    private static final long LONGEST_MILLIS = 60_000;

    private final FollowerCount count;
    private final Vertx vertx;
    private final long intervalMillis;
    private final long base;
    private final Latencies latencies;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Promise<Void> caughtUp = Promise.promise();
    private long started;
    private long seen;
    private boolean polling;
    private boolean closed;

    private record Waiting(long since, long target) {}

    /**
     * @param generator provides the event loop
     * @param count the polled count
     * @param intervalMillis delay between two polls
     * @param base the count before the first follow
     * @param latencies receives the delays
     */
    public VisibilityProbe(
            LoadGenerator generator, FollowerCount count, long intervalMillis, long base, Latencies latencies) {
        this.count = count;
        this.vertx = generator.vertx();
        this.intervalMillis = intervalMillis;
        this.base = base;
        this.latencies = latencies;
    }

    /** A follow is about to be sent. */
    public void started() {
        started++;
    }

    /**
     * A follow got its response.
     *
     * @param sampled whether to measure its delay
     */
    public void responded(boolean sampled) {
        if (sampled) {
            waiting.add(new Waiting(System.nanoTime(), base + started));
            if (!polling) {
                polling = true;
                poll();
            }
        }
    }

    /** Ends the sampling. Completes when all sampled follows are visible, and fails after a timeout. */
    public Future<Void> caughtUp() {
        closed = true;
        if (waiting.isEmpty()) {
            caughtUp.tryComplete();
        } else {
            vertx.setTimer(LONGEST_MILLIS, timer -> giveUp());
        }
        return caughtUp.future();
    }

    /** The last polled count. */
    public long seen() {
        return seen;
    }

    private void giveUp() {
        if (!waiting.isEmpty()) {
            caughtUp.tryFail(new StackException("A minute after the last response the count is " + seen + ", not "
                    + waiting.getLast().target() + "; check the counts with ./tradosphere verify."));
        }
    }

    private void poll() {
        count.now().onFailure(caughtUp::tryFail).onSuccess(found -> {
            long now = System.nanoTime();
            seen = found;
            while (!waiting.isEmpty() && waiting.peek().target() <= found) {
                latencies.add(now - waiting.poll().since());
            }
            if (!waiting.isEmpty()) {
                vertx.setTimer(intervalMillis, timer -> poll());
            } else {
                polling = false;
                if (closed) {
                    caughtUp.tryComplete();
                }
            }
        });
    }
}
