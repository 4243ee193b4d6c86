package io.tradosphere.signal.trade.imports;

/**
 * A line of a file that has not become a trade.
 *
 * @param line its number in the file, the first line being 1
 * @param result {@code skipped} when that was right as it is, {@code rejected} when something must be mended
 * @param reason why
 */
record Refused(long line, String result, String reason) {

    static final String SKIPPED = "skipped";
    static final String REJECTED = "rejected";

    static Refused skipped(long line, String reason) {
        return new Refused(line, SKIPPED, reason);
    }

    static Refused rejected(long line, String reason) {
        return new Refused(line, REJECTED, reason);
    }
}
