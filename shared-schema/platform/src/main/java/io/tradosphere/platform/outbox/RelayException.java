package io.tradosphere.platform.outbox;

/** Thrown when the relay cannot continue. It retries, and no event is lost. */
final class RelayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RelayException(String message, Throwable cause) {
        super(message, cause);
    }
}
