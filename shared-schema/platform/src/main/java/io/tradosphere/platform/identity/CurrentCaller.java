package io.tradosphere.platform.identity;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The caller of the request at hand. */
@RequestScoped
public class CurrentCaller {

    private Caller caller;
    private String traceparent;

    void identify(Caller identified) {
        caller = identified;
    }

    void beginTrace(String context) {
        traceparent = context;
    }

    /** The trace context of the request at hand, never null. */
    public String traceparent() {
        return traceparent;
    }

    /** The caller, or empty when the request came without a token. */
    public Optional<Caller> optional() {
        return Optional.ofNullable(caller);
    }

    /**
     * The caller of a call that needs one.
     *
     * @throws Problem {@code unauthenticated} (401)
     */
    public Caller required() {
        if (caller == null) {
            throw Problems.UNAUTHENTICATED.because("This call needs an Authorization header with a bearer token.");
        }
        return caller;
    }
}
