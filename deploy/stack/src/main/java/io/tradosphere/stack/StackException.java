package io.tradosphere.stack;

/** A failure that the user can fix. The message is one line with the cause and the remedy. */
public class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one line, with the remedy */
    public StackException(String message) {
        super(message);
    }

    /**
     * @param message one line, with the remedy
     * @param cause the underlying failure, for the log
     */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
