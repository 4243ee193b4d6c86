package io.tradosphere.platform.inbox;

/** A record that is no event of ours, and never will be. */
final class UnreadableRecord extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableRecord(String reason, Throwable cause) {
        super(reason, cause);
    }
}
