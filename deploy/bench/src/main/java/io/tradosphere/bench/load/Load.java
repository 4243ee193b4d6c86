package io.tradosphere.bench.load;

/**
 * The result of a round of load.
 *
 * @param responded number of requests with the expected response
 * @param failed number of other requests
 * @param firstFailure description of the first failure; null for none
 * @param seconds from the first request to the last response
 * @param latencies of the requests with the expected response
 */
public record Load(long responded, long failed, String firstFailure, double seconds, Latencies latencies) {

    /** Responses per second. */
    public double rate() {
        return responded / seconds;
    }
}
