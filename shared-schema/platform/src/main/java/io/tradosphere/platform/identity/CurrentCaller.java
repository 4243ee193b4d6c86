package io.tradosphere.platform.identity;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.Optional;

/** The caller of the current request. */
@RequestScoped
public class CurrentCaller {

    private Caller caller;
    private Instant tokenExpiresAt;
    private String traceparent;

    void identify(Caller identified, Instant expiresAt) {
        caller = identified;
        tokenExpiresAt = expiresAt;
    }

    void beginTrace(String context) {
        traceparent = context;
    }

    /** The trace context of the current request; never null. */
    public String traceparent() {
        return traceparent;
    }

    /** When the caller's token expires; null without a token. */
    public Instant tokenExpiresAt() {
        return tokenExpiresAt;
    }

    /** The caller; empty when the request has no token. */
    public Optional<Caller> optional() {
        return Optional.ofNullable(caller);
    }

    /**
     * The caller of an operation that requires one.
     *
     * @throws Problem {@code unauthenticated} (401)
     */
    public Caller required() {
        if (caller == null) {
            throw ProblemKind.UNAUTHENTICATED.because(
                    "This operation requires an Authorization header with a bearer token.");
        }
        return caller;
    }
}
