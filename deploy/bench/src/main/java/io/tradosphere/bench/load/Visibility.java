package io.tradosphere.bench.load;

import io.tradosphere.stack.StackException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long after its answer a follow shows in one profile's count. A count does not say whose follow it holds: a follow is taken
 * for visible when the count holds every follow begun by the time of its answer, which is later than or as soon as the truth.
 * Lives on the generator's event loop.
 */
public final class Visibility {

    private static final long LONGEST_MILLIS = 60_000;

    private final FollowerCount count;
    private final Vertx vertx;
    private final long everyMillis;
    private final long base;
    private final Latencies latencies;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Promise<Void> caughtUp = Promise.promise();
    private long begun;
    private long seen;
    private boolean looking;
    private boolean closed;

    private record Waiting(long since, long target) {}

    /**
     * @param generator what looks
     * @param count where it looks
     * @param everyMillis how long it rests between two looks
     * @param base what the count holds before the first follow
     * @param latencies where times are noted
     */
    public Visibility(Generator generator, FollowerCount count, long everyMillis, long base, Latencies latencies) {
        this.count = count;
        this.vertx = generator.vertx();
        this.everyMillis = everyMillis;
        this.base = base;
        this.latencies = latencies;
    }

    /** A follow is being sent. */
    public void begun() {
        begun++;
    }

    /**
     * A follow was answered.
     *
     * @param timed whether its time is noted
     */
    public void answered(boolean timed) {
        if (timed) {
            waiting.add(new Waiting(System.nanoTime(), base + begun));
            if (!looking) {
                looking = true;
                look();
            }
        }
    }

    /** No more follows come; completes when all that are waited for have been seen, and fails when that takes too long. */
    public Future<Void> caughtUp() {
        closed = true;
        if (waiting.isEmpty()) {
            caughtUp.tryComplete();
        } else {
            vertx.setTimer(LONGEST_MILLIS, timer -> giveUp());
        }
        return caughtUp.future();
    }

    /** The count as last seen. */
    public long seen() {
        return seen;
    }

    private void giveUp() {
        if (!waiting.isEmpty()) {
            caughtUp.tryFail(new StackException("A minute after the last answer the count is " + seen + ", not "
                    + waiting.getLast().target() + ": look for drift with ./tradosphere verify."));
        }
    }

    private void look() {
        count.now().onFailure(caughtUp::tryFail).onSuccess(found -> {
            long now = System.nanoTime();
            seen = found;
            while (!waiting.isEmpty() && waiting.peek().target() <= found) {
                latencies.add(now - waiting.poll().since());
            }
            if (!waiting.isEmpty()) {
                vertx.setTimer(everyMillis, timer -> look());
            } else {
                looking = false;
                if (closed) {
                    caughtUp.tryComplete();
                }
            }
        });
    }
}
