package io.tradosphere.bench;

import java.time.Duration;

/**
 * The size of the dataset and of the measurements.
 *
 * @param people number of profiles
 * @param actors number of profiles, the last ones, that follow, react and compete during measurements; initially they
 *     follow no one
 * @param readers number of readers of personal feeds, per kind of reader
 * @param signals number of signals
 * @param follows approximate number of follows before any measurement
 * @param followsPerRound follows per round of the follow cases, and the maximum of reactions per round; at most {@code
 *     actors}
 * @param creatorsPerRound number of creators that the visibility case follows in a round
 * @param streams number of event streams at the service, of the first people
 * @param proxiedStreams number of event streams through the gateway
 * @param openLoopDuration duration of a round at a fixed rate
 * @param readDuration duration of a round of profile reads
 * @param comparisonDuration duration of each variant in a round that is compared with the Fastify service
 * @param warmUpDuration duration of reads before they are measured
 * @param idleDuration duration of the idle measurement
 */
public record Size(
        int people,
        int actors,
        int readers,
        int signals,
        int follows,
        int followsPerRound,
        int creatorsPerRound,
        int streams,
        int proxiedStreams,
        Duration openLoopDuration,
        Duration readDuration,
        Duration comparisonDuration,
        Duration warmUpDuration,
        Duration idleDuration) {

    /** The size of published results. */
    public static final Size FULL = new Size(
            100_000,
            10_000,
            16,
            1_000_000,
            1_000_000,
            10_000,
            100,
            15_000,
            9_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(6),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    /** A quick functional check; its results mean little. */
    public static final Size SMALL = new Size(
            6_000,
            1_000,
            4,
            10_000,
            40_000,
            1_000,
            20,
            300,
            200,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3));

    private static final int SCALE_DIVISOR = 10;

    /** The same people with few signals and follows, for cases that read neither. */
    public Size withoutSignals() {
        return new Size(
                people,
                actors,
                readers,
                actors,
                people,
                followsPerRound,
                creatorsPerRound,
                streams,
                proxiedStreams,
                openLoopDuration,
                readDuration,
                comparisonDuration,
                warmUpDuration,
                idleDuration);
    }

    /** A tenth of the data, measured in the same way. */
    public Size tenth() {
        return new Size(
                people / SCALE_DIVISOR,
                actors / SCALE_DIVISOR,
                readers,
                signals / SCALE_DIVISOR,
                follows / SCALE_DIVISOR,
                followsPerRound / SCALE_DIVISOR,
                creatorsPerRound / SCALE_DIVISOR,
                streams / SCALE_DIVISOR,
                proxiedStreams / SCALE_DIVISOR,
                openLoopDuration,
                readDuration,
                comparisonDuration,
                warmUpDuration,
                idleDuration);
    }
}
