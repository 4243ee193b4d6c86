package io.tradosphere.bench.load;

import org.HdrHistogram.Histogram;

/** A histogram of latencies from one microsecond to ten minutes, with three significant digits. */
public final class Latencies {

    private static final long LONGEST_MICROS = 600_000_000L;

    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);

    /** Records a latency in nanoseconds. */
    public void add(long nanos) {
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nanos / 1_000)));
    }

    /** The number of recorded latencies. */
    public long count() {
        return micros.getTotalCount();
    }

    /** The percentile in milliseconds. */
    public double percentile(double percent) {
        return micros.getValueAtPercentile(percent) / 1e3;
    }

    /** The maximum in milliseconds. */
    public double max() {
        return micros.getMaxValue() / 1e3;
    }
}
