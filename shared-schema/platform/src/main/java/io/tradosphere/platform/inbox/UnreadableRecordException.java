package io.tradosphere.platform.inbox;

/** Thrown for a record that is not a valid event. A retry fails again. */
final class UnreadableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
