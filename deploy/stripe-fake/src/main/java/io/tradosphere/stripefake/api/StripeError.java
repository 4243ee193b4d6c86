package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;

/** A refusal with Stripe's status and body. See Stripe's pages "Errors" and "Error codes". */
public final class StripeError extends RuntimeException {

    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final ObjectNode error;
    private final boolean beforeWork;

    private StripeError(int status, ObjectNode error, boolean beforeWork) {
        super(error.path("message").asText(), null, false, false);
        this.status = status;
        this.error = error;
        this.beforeWork = beforeWork;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The body's {@code error} object. */
    public ObjectNode error() {
        return error;
    }

    /** Whether the request was refused before any work began, so that its idempotency key stays free. */
    public boolean beforeWork() {
        return beforeWork;
    }

    /** The request is well formed, but cannot be done. */
    public static StripeError invalid(String code, String message, String param) {
        return of(400, INVALID, code, message, param, false);
    }

    /** A parameter is unknown, missing or malformed. */
    public static StripeError parameter(String code, String message, String param) {
        return of(400, INVALID, code, message, param, true);
    }

    /** An object in the path that is not there: 404. */
    public static StripeError noSuch(String what, String id) {
        return of(404, INVALID, "resource_missing", "No such " + what + ": '" + id + "'", "id", false);
    }

    /** An object in a parameter that is not there: 400. */
    public static StripeError noSuch(String what, String id, String param) {
        return invalid("resource_missing", "No such " + what + ": '" + id + "'", param);
    }

    /** An account that is not connected, or is no more, or never was: 403, which does not say which. */
    public static StripeError notConnected(String account) {
        return of(
                403,
                INVALID,
                "account_invalid",
                "The provided key does not have access to account '" + account
                        + "' (or that account does not exist). Application access may have been revoked.",
                null,
                true);
    }

    /** A refusal by the card's issuer: 402. */
    public static StripeError card(String code, String declineCode, String message, Object... more) {
        ObjectNode error = body("card_error", code, message, null);
        error.put("decline_code", declineCode);
        error.setAll(Json.object(more));
        return new StripeError(402, error, false);
    }

    /** Any other refusal. */
    public static StripeError of(
            int status, String type, String code, String message, String param, boolean beforeWork) {
        return new StripeError(status, body(type, code, message, param), beforeWork);
    }

    private static ObjectNode body(String type, String code, String message, String param) {
        ObjectNode error = Json.object("type", type);
        if (code != null) {
            error.put("code", code).put("doc_url", "https://docs.stripe.com/error-codes#" + code.replace('_', '-'));
        }
        error.put("message", message);
        if (param != null) {
            error.put("param", param);
        }
        return error;
    }
}
