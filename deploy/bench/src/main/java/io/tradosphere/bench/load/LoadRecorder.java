package io.tradosphere.bench.load;

import io.vertx.core.AsyncResult;

/** Records the responses of a round. */
final class LoadRecorder {

    private final long startedAt = System.nanoTime();
    private final Latencies latencies = new Latencies();
    private long failed;
    private String firstFailure;

    /** Records the response to a request that was sent, or scheduled, at that time. Returns whether it is the expected one. */
    boolean add(long since, AsyncResult<LoadGenerator.Response> response) {
        if (response.succeeded() && response.result().isExpected()) {
            latencies.add(System.nanoTime() - since);
            return true;
        }
        failed++;
        if (firstFailure == null) {
            firstFailure = response.succeeded()
                    ? response.result().status() + " " + response.result().body()
                    : String.valueOf(response.cause());
        }
        return false;
    }

    Load load() {
        return new Load(latencies.count(), failed, firstFailure, (System.nanoTime() - startedAt) / 1e9, latencies);
    }
}
