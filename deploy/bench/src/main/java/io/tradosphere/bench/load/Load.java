package io.tradosphere.bench.load;

/**
 * What a round of load came to.
 *
 * @param answered requests answered as expected
 * @param failed requests answered otherwise or not at all
 * @param firstFailure what the first of those came to; null when there was none
 * @param seconds from the first request to the last answer
 * @param latencies of the requests that were answered as expected
 */
public record Load(long answered, long failed, String firstFailure, double seconds, Latencies latencies) {

    /** Answers a second. */
    public double rate() {
        return answered / seconds;
    }
}
