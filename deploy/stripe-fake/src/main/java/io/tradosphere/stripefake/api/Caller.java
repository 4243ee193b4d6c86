package io.tradosphere.stripefake.api;

import io.tradosphere.stripefake.http.HttpRequest;
import io.tradosphere.stripefake.state.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who calls, by the API key and {@code Stripe-Account}, and in which version.
 *
 * @param account the account that is acted for
 * @param version the API version of the call
 */
record Caller(String account, String version) {

    private static final String FIRST_VERSION = "2025-03-31";

    /**
     * Reads the headers. Any test key is good.
     *
     * @throws StripeError 401 without a test key, 403 for an account that isn't connected, 400 for a version in which
     *     subscriptions look different
     */
    static Caller of(HttpRequest request, World world) {
        String key = key(request.header("authorization"));
        if (key == null || key.isEmpty()) {
            throw unauthenticated("You did not provide an API key. You need to provide your API key in the"
                    + " Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
                    + " See https://docs.stripe.com/api#authentication for details.");
        }
        if (!key.matches("(sk|rk)_test_\\w+")) {
            throw unauthenticated("Invalid API Key provided: "
                    + (key.length() > 12
                            ? key.substring(0, 8) + "*".repeat(8) + key.substring(key.length() - 4)
                            : key));
        }
        String version = request.header("stripe-version");
        if (version != null
                && !(version.matches("\\d{4}-\\d{2}-\\d{2}(\\.\\w+)?") && version.compareTo(FIRST_VERSION) >= 0)) {
            throw StripeError.of(
                    400,
                    "invalid_request_error",
                    null,
                    "Invalid Stripe API version: " + version + ". This fake speaks " + FIRST_VERSION
                            + ".basil and later.",
                    null,
                    true);
        }
        String account = request.header("stripe-account");
        if (account != null
                && !account.equals(World.PLATFORM)
                && world.store().find("account", account).isEmpty()) {
            throw StripeError.notConnected(account);
        }
        return new Caller(
                account == null ? World.PLATFORM : account,
                version == null ? world.settings().apiVersion() : version);
    }

    private static String key(String header) {
        if (header == null) {
            return null;
        }
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return header.substring(7).trim();
        }
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(
                        Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
                return pair.split(":", 2)[0];
            } catch (IllegalArgumentException noBase64) {
                return null;
            }
        }
        return null;
    }

    private static StripeError unauthenticated(String message) {
        return StripeError.of(401, "invalid_request_error", null, message, null, true);
    }
}
