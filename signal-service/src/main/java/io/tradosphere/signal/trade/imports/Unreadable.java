package io.tradosphere.signal.trade.imports;

/** A line that is no trade that could be entered, and why. */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
        // No stack trace: it is an answer, and there may be thousands in one file.
        super(reason, null, false, false);
    }
}
