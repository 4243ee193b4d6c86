package io.tradosphere.telemetry;

/** The fields that a line of the log has beside what every logger writes, and the header that carries one of them. */
public final class LogFields {

    /** The trace that the line belongs to: 32 hexadecimal digits. */
    public static final String TRACE_ID = "traceId";

    /** The request that the line belongs to: what clients send or get as {@code X-Request-Id}. */
    public static final String REQUEST_ID = "requestId";

    /** The caller's pseudonym: 16 hexadecimal digits. */
    public static final String CALLER = "caller";

    /**
     * A header by which a service tells the gateway the pseudonym of the caller whose token it has verified. The gateway passes it
     * to nobody.
     */
    public static final String CALLER_HEADER = "X-Tradosphere-Caller";

    private LogFields() {}
}
