package io.tradosphere.platform.identity;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import jakarta.ws.rs.core.HttpHeaders;

/** The problem of a request whose credentials are wrong, rather than missing. */
public final class InvalidToken {

    private static final String CHALLENGE = "Bearer realm=\"tradosphere\", error=\"invalid_token\"";

    private InvalidToken() {}

    /**
     * The problem {@code unauthenticated} (401), with the error {@code invalid_token} of RFC 6750.
     *
     * @param detail what is wrong with the token, and what the client can do
     */
    public static Problem because(String detail) {
        return ProblemKind.UNAUTHENTICATED.because(detail).withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
}
