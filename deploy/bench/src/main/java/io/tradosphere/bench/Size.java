package io.tradosphere.bench;

import java.time.Duration;

/**
 * How much is loaded and measured.
 *
 * @param people profiles
 * @param actors the last of them, who follow nobody yet, do the following and reacting that is measured, and compete
 * @param readers how many read their personal feed, of those who follow few and of those who follow many
 * @param signals signals
 * @param follows about how many follows stand before anything is measured
 * @param followsARound follows in a round of the follow cases, and the most reactions in a round; at most {@code actors}
 * @param creatorsARound how many creators the visibility case spreads its follows over
 * @param openLoop how long a round at a fixed rate lasts
 * @param reading how long a round of profile reads lasts
 * @param comparing how long each side of a round lasts that is compared with the hand-written service
 * @param warmUp how long reads run before they are measured
 * @param idle how long the idle suite is looked at
 */
public record Size(
        int people,
        int actors,
        int readers,
        int signals,
        int follows,
        int followsARound,
        int creatorsARound,
        Duration openLoop,
        Duration reading,
        Duration comparing,
        Duration warmUp,
        Duration idle) {

    /** What figures are published of. */
    public static final Size FULL = new Size(
            100_000,
            10_000,
            16,
            1_000_000,
            1_000_000,
            10_000,
            100,
            Duration.ofSeconds(10),
            Duration.ofSeconds(6),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    /** To see that everything works; its figures mean little. */
    public static final Size SMALL = new Size(
            6_000,
            1_000,
            4,
            10_000,
            40_000,
            1_000,
            20,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3));

    private static final int LESS = 10;

    /** A tenth of the data, measured in the same way. */
    public Size tenth() {
        return new Size(
                people / LESS,
                actors / LESS,
                readers,
                signals / LESS,
                follows / LESS,
                followsARound / LESS,
                creatorsARound / LESS,
                openLoop,
                reading,
                comparing,
                warmUp,
                idle);
    }
}
