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

/**
 * Puts load on: everything happens on one event loop, so nothing here needs a lock. Callers wait on their own thread.
 */
public final class Generator implements AutoCloseable {

    /** Connections of the closed loop, as the brief of every figure says. */
    public static final int CONNECTIONS = 32;

    private static final int OPEN_LOOP_CONNECTIONS = 256;
    private static final long LONGEST_ROUND_MINUTES = 10;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setBlockedThreadCheckInterval(60_000));
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient http = client(CONNECTIONS);
    private final HttpClient manyHttp = client(OPEN_LOOP_CONNECTIONS);

    /** What happens beside the requests of a round; called on the event loop. */
    public interface Observer {
        /** Nobody looks. */
        Observer NONE = new Observer() {};

        /** The request of that number is about to be sent. */
        default void started(int number) {}

        /** It was answered as expected. */
        default void answered(int number) {}
    }

    /** Whether and how a closed loop goes on. */
    @FunctionalInterface
    public interface Until {
        /** Whether the request of that number is still to be sent. */
        boolean goesOn(int number);
    }

    /** Sends that many requests, as fast as {@link #CONNECTIONS} clients that each wait for their answer can. */
    public Load closedLoop(int requests, IntFunction<Call> calls, Observer observer) {
        return await(() -> new ClosedLoop(this, calls, number -> number < requests, observer).run());
    }

    /** The same for so long. */
    public Load closedLoop(Duration howLong, IntFunction<Call> calls) {
        return closedLoop(howLong, Integer.MAX_VALUE, calls);
    }

    /** The same for so long, or until that many requests are sent. */
    public Load closedLoop(Duration howLong, int requests, IntFunction<Call> calls) {
        return await(() -> {
            long end = System.nanoTime() + howLong.toNanos();
            return new ClosedLoop(this, calls, number -> number < requests && System.nanoTime() < end, Observer.NONE)
                    .run();
        });
    }

    /** One request, whose answer must be a good one; its body. */
    public String answer(Call call) {
        return await(() -> sendBeside(call).map(answer -> {
            if (!answer.isGood()) {
                throw new StackException(
                        call.method() + " " + call.path() + " answers " + answer.status() + ": " + answer.body());
            }
            return answer.body().toString();
        }));
    }

    /** Sends requests at a fixed rate, whatever their answers take; a latency counts from when a request was due. */
    public Load openLoop(int perSecond, Duration howLong, IntFunction<Call> calls, Observer observer) {
        int requests = (int) (perSecond * howLong.toMillis() / 1_000);
        return await(() -> new OpenLoop(this, calls, requests, perSecond, observer).run());
    }

    /** Runs that on the event loop and waits for its outcome. */
    public <T> T await(Supplier<Future<T>> work) {
        Promise<T> outcome = Promise.promise();
        context.runOnContext(go -> work.get().onComplete(outcome));
        return outcome.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LONGEST_ROUND_MINUTES, TimeUnit.MINUTES)
                .join();
    }

    /** One request of a closed loop; completes with the whole answer. */
    Future<Answer> send(Call call) {
        return send(http, call);
    }

    /** One request that is not limited by the closed loop's connections. */
    Future<Answer> sendBeside(Call call) {
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
     * An answer.
     *
     * @param status its status
     * @param body its body, empty when there is none
     */
    record Answer(int status, Buffer body) {
        boolean isGood() {
            return status == 200 || status == 204;
        }
    }

    private static Future<Answer> send(HttpClient client, Call call) {
        RequestOptions options = new RequestOptions()
                .setHost(call.target().host())
                .setPort(call.target().port())
                .setMethod(call.method())
                .setURI(call.path());
        if (call.token() != null) {
            options.putHeader("Authorization", "Bearer " + call.token());
        }
        if (call.body() == null) {
            return client.request(options).compose(request -> request.send()).compose(Generator::whole);
        }
        options.putHeader("Content-Type", "application/json");
        return client.request(options)
                .compose(request -> request.send(call.body()))
                .compose(Generator::whole);
    }

    private static Future<Answer> whole(HttpClientResponse response) {
        return response.body().map(body -> new Answer(response.statusCode(), body));
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
