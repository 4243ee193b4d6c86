package io.tradosphere.billing.stripe;

/** Stripe refused a call. The same call is refused again. */
public final class StripeRefused extends RuntimeException {

    /** Stripe's code for an account that was deleted, or whose owner has left: it says 403, not 404. */
    static final String NOT_CONNECTED = "account_invalid";

    private static final long serialVersionUID = 1L;
    private static final int NOT_FOUND = 404;
    private static final String MISSING = "resource_missing";

    private final int status;
    private final String code;

    StripeRefused(int status, String code, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    /** Stripe's error code, such as {@code amount_too_small}; null when it gave none. */
    public String code() {
        return code;
    }

    /** Whether the object does not exist at Stripe. */
    public boolean isMissing() {
        return status == NOT_FOUND || MISSING.equals(code) || NOT_CONNECTED.equals(code);
    }
}
