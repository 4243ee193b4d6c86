package io.tradosphere.services;

/** A service is described wrongly. The message is one line that names the file, the mistake and the remedy. */
public final class InvalidDescriptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidDescriptionException(String message) {
        super(message);
    }
}
