package io.tradosphere.bench.load;

import io.tradosphere.stack.StackException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The load generator. All requests run on a single event loop, so no locks are needed. Callers block on their own thread. */
public final class LoadGenerator implements AutoCloseable {

    /** The number of closed-loop clients in every case. */
    public static final int CONNECTIONS = 32;

    private static final int OPEN_LOOP_CONNECTIONS = 256;
    private static final long LONGEST_ROUND_MINUTES = 10;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setBlockedThreadCheckInterval(60_000));
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient http = client(CONNECTIONS);
    private final HttpClient manyHttp = client(OPEN_LOOP_CONNECTIONS);

    /** Observes the requests of a round, on the event loop. */
    public interface Observer {
        /** An observer that does nothing. */
        Observer NONE = new Observer() {};

        /** The request with that index is about to be sent. */
        default void started(int number) {}

        /** The request with that index got the expected response. */
        default void responded(int number) {}
    }

    /** The condition for continuing a closed loop. */
    @FunctionalInterface
    public interface LoopCondition {
        /** Whether to send the request with that index. */
        boolean test(int number);
    }

    /** Sends that many requests with {@link #CONNECTIONS} closed-loop clients. */
    public Load closedLoop(int requests, IntFunction<Call> calls, Observer observer) {
        return await(() -> new ClosedLoop(this, calls, number -> number < requests, observer).run());
    }

    /** The same for a duration. */
    public Load closedLoop(Duration duration, IntFunction<Call> calls) {
        return closedLoop(duration, Integer.MAX_VALUE, calls);
    }

    /** The same for a duration or up to that many requests. */
    public Load closedLoop(Duration duration, int requests, IntFunction<Call> calls) {
        return await(() -> {
            long end = System.nanoTime() + duration.toNanos();
            return new ClosedLoop(this, calls, number -> number < requests && System.nanoTime() < end, Observer.NONE)
                    .run();
        });
    }

    /** Sends one request and returns the body of the expected response. */
    public String responseBody(Call call) {
        return await(() -> sendUnpooled(call).map(response -> {
            if (!response.isExpected()) {
                throw new StackException(
                        call.method() + " " + call.path() + " returned " + response.status() + ": " + response.body());
            }
            return response.body().toString();
        }));
    }

    /** Sends requests at a fixed rate, independently of the responses. A latency counts from the request's scheduled time. */
    public Load openLoop(int perSecond, Duration duration, IntFunction<Call> calls, Observer observer) {
        int requests = (int) (perSecond * duration.toMillis() / 1_000);
        return await(() -> new OpenLoop(this, calls, requests, perSecond, observer).run());
    }

    /** Runs work on the event loop and waits for its result. */
    public <T> T await(Supplier<Future<T>> work) {
        Promise<T> outcome = Promise.promise();
        context.runOnContext(ignored -> work.get().onComplete(outcome));
        return outcome.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LONGEST_ROUND_MINUTES, TimeUnit.MINUTES)
                .join();
    }

    /** Computes something on the event loop. */
    public <T> T compute(Supplier<T> work) {
        return await(() -> Future.succeededFuture(work.get()));
    }

    /** Sends a request on the closed-loop connections; completes with the whole response. */
    Future<Response> send(Call call) {
        return send(http, call);
    }

    /** Sends a request outside the limit of the closed-loop connections. */
    Future<Response> sendUnpooled(Call call) {
        return send(manyHttp, call);
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /**
     * An HTTP response.
     *
     * @param status the status code
     * @param body the body, possibly empty
     */
    record Response(int status, Buffer body) {
        boolean isExpected() {
            return status == 200 || status == 201 || status == 202 || status == 204;
        }
    }

    private static Future<Response> send(HttpClient client, Call call) {
        RequestOptions options = new RequestOptions()
                .setHost(call.target().host())
                .setPort(call.target().port())
                .setMethod(call.method())
                .setURI(call.path());
        if (call.token() != null) {
            options.putHeader("Authorization", "Bearer " + call.token());
        }
        if (call.body() == null) {
            call.headers().forEach(options::putHeader);
            return client.request(options).compose(request -> request.send()).compose(LoadGenerator::readResponse);
        }
        options.putHeader("Content-Type", "application/json");
        call.headers().forEach(options::putHeader);
        return client.request(options)
                .compose(request -> request.send(call.body()))
                .compose(LoadGenerator::readResponse);
    }

    private static Future<Response> readResponse(HttpClientResponse response) {
        return response.body().map(body -> new Response(response.statusCode(), body));
    }

    private HttpClient client(int connections) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(300)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(connections));
    }
}
