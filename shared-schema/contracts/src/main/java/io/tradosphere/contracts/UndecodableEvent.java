package io.tradosphere.contracts;

/**
 * A record on a topic that can't be read as an event, now or ever. Whoever meets one parks it and goes on; a checked exception,
 * so that nobody forgets to. The message is one line and says what is wrong and where.
 */
public final class UndecodableEvent extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    private final Reason reason;

    private UndecodableEvent(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static UndecodableEvent unknownType(@Nullable String ceType) {
        return new UndecodableEvent(
                Reason.UNKNOWN_TYPE,
                ceType == null
                        ? "The record has a value but no " + Envelope.TYPE + " header"
                        : "Unknown event type " + ceType + "; a newer version of the contracts may know it",
                null);
    }

    static UndecodableEvent badBody(EventType type, String where, String what, Throwable cause) {
        return new UndecodableEvent(Reason.BAD_BODY, type.ceType() + " at " + where + ": " + oneLine(what), cause);
    }

    static UndecodableEvent badHeader(String header, String what) {
        return badHeader(header, what, null);
    }

    static UndecodableEvent badHeader(String header, String what, @Nullable Throwable cause) {
        return new UndecodableEvent(Reason.BAD_HEADER, "Header " + header + " " + oneLine(what), cause);
    }

    /** What is wrong with it, for code that treats the kinds differently. */
    public Reason reason() {
        return reason;
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** What can be wrong with a record. */
    public enum Reason {
        /** No event type of this name and version is known here: a type newer than this version of the contracts, or none. */
        UNKNOWN_TYPE,
        /** The body isn't JSON, or lacks a required field, or has one of the wrong kind. */
        BAD_BODY,
        /** A header of the envelope is missing or malformed. */
        BAD_HEADER
    }
}
