package io.tradosphere.platform.db;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tradosphere.platform.identity.Caller;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A batcher that runs concurrent requests of one kind as one statement in one transaction. A request that arrives while few
 * batches are in flight is sent at once, alone. Later requests wait for the next batch, so batches grow with the load and no
 * timer is needed.
 *
 * <p>A batch's transaction acts for its own callers only ({@code auth.callers()}). When the database refuses a batch, or it would
 * wait for a lock, it is rolled back. Each of its requests then runs alone, so no request fails because of another. While one
 * waits for a lock, later requests that touch one of its rows are in no batch, so they delay nobody else. Responses come in the
 * order in which batches end, not in the order of the requests.
 *
 * @param <A> the request
 * @param <T> the response
 */
public final class RequestBatcher<A extends RequestBatcher.Request, T> {

    private static final int MAX_BATCH_SIZE = 64;

    /** How long a request waits for locks in all, its time in a queue included. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a batch waits for a lock, and a request that may not have to. */
    private static final Duration IMPATIENCE = Duration.ofMillis(100);

    /** SQLSTATE of a lock that was not available in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Vertx vertx;
    private final int maxInFlight;
    private final Statement<A> statement;
    private final BiFunction<List<A>, RowSet<Row>, List<T>> responses;
    /** The only event loop that reads and writes the fields below. */
    private final Context loop;

    private final Queue<Pending<A, T>> waiting = new ArrayDeque<>();
    private int inFlight;
    /** Requests of a refused batch. Most of them are not to blame. */
    private final Lane suspects = new Lane();
    /** Requests that touch a row of one that waits for a lock. Most of them have to wait too. */
    private final Lane probes = new Lane();

    private final LockWaiters<Pending<A, T>> lockWaiters =
            new LockWaiters<>(pending -> pending.request().rows(), this::await, this::resume);

    /**
     * A batcher for one statement.
     *
     * @param maxInFlight how many batches may be in flight at a time
     * @param responses maps the requests and the statement's rows to one response a request, in the order of the requests
     */
    RequestBatcher(
            Vertx vertx, int maxInFlight, Statement<A> statement, BiFunction<List<A>, RowSet<Row>, List<T>> responses) {
        this.vertx = vertx;
        this.maxInFlight = maxInFlight;
        this.statement = statement;
        this.responses = responses;
        // The root context: the first request's own duplicated context ends with that request.
        this.loop = VertxContext.getRootContext(vertx.getOrCreateContext());
    }

    /** A request of one caller. */
    public interface Request {

        /** The caller. */
        Caller caller();

        /** The ids of the rows whose locks it may have to wait for. */
        default List<UUID> rows() {
            return List.of(caller().id());
        }
    }

    /** The statement, run for a batch. */
    @FunctionalInterface
    interface Statement<A> {

        /** @param lockTimeout how long it may wait for a lock */
        Future<RowSet<Row>> run(List<A> batch, Duration lockTimeout);
    }

    /**
     * Submits a request.
     *
     * @return the response, once the transaction is committed
     */
    public Uni<T> ask(A request) {
        return Uni.createFrom().deferred(() -> {
            Context requester = vertx.getOrCreateContext();
            Pending<A, T> pending = new Pending<>(request, Promise.promise(), System.nanoTime());
            loop.runOnContext(now -> {
                waiting.add(pending);
                sendNext();
            });
            return UniHelper.toUni(pending.response().future())
                    .emitOn(response -> requester.runOnContext(now -> response.run()));
        });
    }

    private void sendNext() {
        if (inFlight == maxInFlight) {
            return;
        }
        List<Pending<A, T>> batch = new ArrayList<>();
        while (batch.size() < MAX_BATCH_SIZE && !waiting.isEmpty()) {
            Pending<A, T> next = waiting.remove();
            if (lockWaiters.touch(next)) {
                probes.add(next);
            } else {
                batch.add(next);
            }
        }
        if (!batch.isEmpty()) {
            inFlight++;
            send(batch);
        }
    }

    private void send(List<Pending<A, T>> batch) {
        run(batch, IMPATIENCE, outcome -> {
            inFlight--;
            if (batch.size() > 1 && outcome.failed() && outcome.cause() instanceof PgException) {
                batch.forEach(suspects::add);
            } else {
                completeOrAwait(batch, outcome);
            }
            sendNext();
        });
    }

    private void completeOrAwait(List<Pending<A, T>> batch, AsyncResult<List<T>> outcome) {
        if (batch.size() == 1 && lockedOut(outcome)) {
            lockWaiters.add(batch.get(0));
        } else {
            complete(batch, outcome);
        }
    }

    /** Runs one request that waits for a lock; tells whether it got it. */
    private void await(Pending<A, T> request, Consumer<Boolean> then) {
        Duration left = PATIENCE.minusNanos(System.nanoTime() - request.submitted());
        run(List.of(request), left.compareTo(IMPATIENCE) < 0 ? IMPATIENCE : left, outcome -> {
            complete(List.of(request), outcome);
            then.accept(!lockedOut(outcome));
        });
    }

    private void resume(Collection<Pending<A, T>> requests) {
        waiting.addAll(requests);
        sendNext();
    }

    private static boolean lockedOut(AsyncResult<?> outcome) {
        return outcome.failed()
                && outcome.cause() instanceof PgException pg
                && LOCK_NOT_AVAILABLE.equals(pg.getSqlState());
    }

    private void run(List<Pending<A, T>> batch, Duration lockTimeout, Consumer<AsyncResult<List<T>>> then) {
        List<A> requests = batch.stream().map(Pending::request).toList();
        Future.succeededFuture()
                // Inside the chain, so that an exception thrown here fails the future.
                .compose(begun -> statement.run(requests, lockTimeout))
                .map(rows -> responses.apply(requests, rows))
                .onComplete(outcome -> loop.runOnContext(now -> then.accept(outcome)));
    }

    private static <A, T> void complete(List<Pending<A, T>> batch, AsyncResult<List<T>> outcome) {
        for (int i = 0; i < batch.size(); i++) {
            Promise<T> response = batch.get(i).response();
            if (outcome.succeeded()) {
                response.complete(outcome.result().get(i));
            } else {
                response.fail(outcome.cause());
            }
        }
    }

    private record Pending<A, T>(A request, Promise<T> response, long submitted) {}

    /**
     * Requests that run alone, one at a time, and wait for locks as briefly as a batch. They are not counted as batches in flight,
     * so they hold up none.
     */
    private final class Lane {

        private final Queue<Pending<A, T>> requests = new ArrayDeque<>();
        private boolean running;

        void add(Pending<A, T> request) {
            requests.add(request);
            runNext();
        }

        private void runNext() {
            if (running || requests.isEmpty()) {
                return;
            }
            Pending<A, T> next = requests.remove();
            if (this == suspects && lockWaiters.touch(next)) {
                probes.add(next);
                runNext();
                return;
            }
            running = true;
            run(List.of(next), IMPATIENCE, outcome -> {
                running = false;
                completeOrAwait(List.of(next), outcome);
                runNext();
            });
        }
    }
}
