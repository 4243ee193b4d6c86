package io.tradosphere.stripefake.api;

import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** The first answer to each idempotency key, kept for a day of the fake's clock, the latest 20,000 of them. */
final class IdempotencyKeys {

    private static final int MOST = 20_000;
    private static final long KEPT_SECONDS = 86_400;

    private static final class First {
        private final String request;
        private final String endpoint;
        private final long at;
        private HttpAnswer answer;

        private First(String request, String endpoint, long at) {
            this.request = request;
            this.endpoint = endpoint;
            this.at = at;
        }
    }

    private final Map<String, First> entries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, First> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Claims a key for a request.
     *
     * @return the first answer to the same request; null when this is the first
     * @throws StripeError 409 while the first is being answered; 400 when the first was another request
     */
    synchronized HttpAnswer claim(String account, String key, HttpRequest request, long now) {
        if (key.length() > 255) {
            throw StripeError.of(
                    400,
                    "idempotency_error",
                    null,
                    "Idempotency keys can have up to 255 characters, but this one has " + key.length() + ".",
                    null,
                    true);
        }
        String endpoint = request.method() + " " + request.path();
        First entry = entries.get(account + "/" + key);
        if (entry == null || (entry.answer != null && now - entry.at > KEPT_SECONDS)) {
            entries.put(account + "/" + key, new First(request.query() + "\n" + request.body(), endpoint, now));
            return null;
        }
        if (!entry.endpoint.equals(endpoint)) {
            throw error(
                    400,
                    null,
                    "Keys for idempotent requests can only be used for the same endpoint they were first used for ('"
                            + endpoint + "' vs '" + entry.endpoint + "'). Try using a key other than '" + key
                            + "' if you meant to execute a different request.");
        }
        if (!entry.request.equals(request.query() + "\n" + request.body())) {
            throw error(
                    400,
                    null,
                    "Keys for idempotent requests can only be used with the same parameters they were first used"
                            + " with. Try using a key other than '" + key
                            + "' if you meant to execute a different request.");
        }
        if (entry.answer == null) {
            throw error(
                    409,
                    "idempotency_key_in_use",
                    "There is currently another in-progress request using this Idempotent Key (that probably means"
                            + " you submitted twice, and the other request is still going through): " + key
                            + ". Please try again later.");
        }
        return entry.answer;
    }

    /** Keeps the answer, or frees the key when the request was refused before any work. */
    synchronized void settle(String account, String key, HttpAnswer answer) {
        if (answer == null) {
            entries.remove(account + "/" + key);
        } else {
            First entry = entries.get(account + "/" + key);
            if (entry != null) {
                entry.answer = answer;
            }
        }
    }

    private static StripeError error(int status, String code, String message) {
        return StripeError.of(status, "idempotency_error", code, message, null, true);
    }
}
