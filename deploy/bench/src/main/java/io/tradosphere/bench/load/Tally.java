package io.tradosphere.bench.load;

import io.vertx.core.AsyncResult;

/** Counts answers while a round lasts. */
final class Tally {

    private final long began = System.nanoTime();
    private final Latencies latencies = new Latencies();
    private long failed;
    private String firstFailure;

    /** Notes an answer to a request that was sent, or due, at that time; whether it was a good one. */
    boolean add(long since, AsyncResult<Generator.Answer> answer) {
        if (answer.succeeded() && answer.result().isGood()) {
            latencies.add(System.nanoTime() - since);
            return true;
        }
        failed++;
        if (firstFailure == null) {
            firstFailure = answer.succeeded()
                    ? answer.result().status() + " " + answer.result().body()
                    : String.valueOf(answer.cause());
        }
        return false;
    }

    Load load() {
        return new Load(latencies.count(), failed, firstFailure, (System.nanoTime() - began) / 1e9, latencies);
    }
}
