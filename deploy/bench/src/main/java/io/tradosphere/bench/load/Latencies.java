package io.tradosphere.bench.load;

import org.HdrHistogram.Histogram;

/** Times of one kind, from a microsecond to ten minutes, to three digits. */
public final class Latencies {

    private static final long LONGEST_MICROS = 600_000_000L;

    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);

    /** Adds one, in nanoseconds. */
    public void add(long nanos) {
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nanos / 1_000)));
    }

    /** How many there are. */
    public long count() {
        return micros.getTotalCount();
    }

    /** The time that this share of them, in percent, didn't exceed, in milliseconds. */
    public double percentile(double percent) {
        return micros.getValueAtPercentile(percent) / 1e3;
    }

    /** The longest, in milliseconds. */
    public double longest() {
        return micros.getMaxValue() / 1e3;
    }
}
