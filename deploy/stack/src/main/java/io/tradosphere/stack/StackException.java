package io.tradosphere.stack;

/** Something a person can mend: the message is one line that says what is wrong and what to do about it. */
public class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one line, with the remedy */
    public StackException(String message) {
        super(message);
    }

    /**
     * @param message one line, with the remedy
     * @param cause what was behind it, for the log
     */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
