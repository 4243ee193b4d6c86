package io.tradosphere.signal.trade.imports;

/** A line with a number that has two readings; the message has both. */
final class UnclearNumberException extends UnreadableLineException {

    private static final long serialVersionUID = 1L;

    UnclearNumberException(String readings) {
        super(readings);
    }
}
