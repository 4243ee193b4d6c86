package io.tradosphere.signal.trade.imports;

/** A line that cannot be read as a valid trade; the message says why. */
class UnreadableLineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableLineException(String reason) {
        // No stack trace: it is an expected result, and one file may have thousands.
        super(reason, null, false, false);
    }
}
