package io.tradosphere.http;

/** The limits of a request's head, the same in the gateway and in the services. The HTTP servers' own limits are higher. */
public final class HttpLimits {

    /** The longest URI, in characters. */
    public static final int URI_CHARACTERS = 4_000;

    /** The most characters of all header names and values together. */
    public static final int HEADER_CHARACTERS = 16_000;

    private HttpLimits() {}
}
