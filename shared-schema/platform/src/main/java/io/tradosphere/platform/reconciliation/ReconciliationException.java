package io.tradosphere.platform.reconciliation;

/** Thrown when a reconciliation cannot be completed. The message is one line for the operator. */
public final class ReconciliationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message of one line that says what to do. */
    public ReconciliationException(String message) {
        super(message);
    }
}
