package io.tradosphere.http;

import java.util.regex.Pattern;

/** The id of a request, in its response, in problems and in the log. */
public final class RequestId {

    /** The header's name, in requests and in responses. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /**
     * The client's id, or else the trace's.
     *
     * @param received the header's value; null or malformed is replaced
     * @param traceparent a valid trace context
     */
    public static String choose(String received, String traceparent) {
        return received != null && VALID.matcher(received).matches() ? received : Traceparent.traceId(traceparent);
    }
}
