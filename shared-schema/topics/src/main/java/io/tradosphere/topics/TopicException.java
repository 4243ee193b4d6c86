package io.tradosphere.topics;

/** The broker refused, or did not answer. The message is one line. */
public final class TopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
