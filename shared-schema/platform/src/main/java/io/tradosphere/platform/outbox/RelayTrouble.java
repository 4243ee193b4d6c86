package io.tradosphere.platform.outbox;

/** The relay cannot go on for now; nothing is lost, and it tries again. */
final class RelayTrouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RelayTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
