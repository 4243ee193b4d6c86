package io.tradosphere.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * A refusal of the gateway's own, in the shape every service uses (RFC 9457).
 *
 * @param kind what went wrong
 * @param detail what happened here and what the caller can do about it
 */
public record Problem(Kind kind, String detail) {

    /** The media type of {@link #toJson}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Everything the gateway refuses by itself; each is explained in {@code problems.json}. */
    public enum Kind {
        UNKNOWN_PATH("unknown-path", 404, "There is nothing at this path"),
        BAD_PATH("bad-path", 400, "The path is malformed or ambiguous"),
        BAD_REQUEST("bad-request", 400, "The request is malformed"),
        METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not served here"),
        BODY_TOO_LARGE("body-too-large", 413, "The request body is too large"),
        URI_TOO_LONG("uri-too-long", 414, "The URI is too long"),
        HEADERS_TOO_LARGE("headers-too-large", 431, "The request's headers are too large"),
        SERVICE_UNAVAILABLE("service-unavailable", 503, "A service cannot be reached"),
        INTERNAL_ERROR("internal-error", 500, "The gateway failed");

        private final String name;
        private final int status;
        private final String title;

        Kind(String name, int status, String title) {
            this.name = name;
            this.status = status;
            this.title = title;
        }

        /** The HTTP status it is answered with. */
        public int status() {
            return status;
        }

        /** The last segment of its type URI. */
        public String id() {
            return name;
        }

        /** An occurrence of it. */
        public Problem because(String detail) {
            return new Problem(this, detail);
        }
    }

    /**
     * The body of the answer.
     *
     * @param target what was asked for, as sent
     */
    public Buffer toJson(String target) {
        return new JsonObject()
                .put("type", "https://tradosphere.io/problems/" + kind.name)
                .put("title", kind.title)
                .put("status", kind.status)
                .put("detail", detail)
                .put("instance", asReference(target))
                .toBuffer();
    }

    /** The path alone, and what no URI may contain escaped. */
    private static String asReference(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        StringBuilder reference = null;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean allowed = c > ' ' && c < 0x7f && "\"<>\\^`{|}#".indexOf(c) < 0;
            if (!allowed && reference == null) {
                reference = new StringBuilder(path.length() + 16).append(path, 0, i);
            }
            if (reference != null) {
                append(reference, c, allowed);
            }
        }
        return reference == null ? path : reference.toString();
    }

    private static void append(StringBuilder reference, char c, boolean allowed) {
        if (allowed) {
            reference.append(c);
            return;
        }
        for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
            reference.append('%');
            reference.append(Character.toUpperCase(Character.forDigit(octet >> 4 & 0xf, 16)));
            reference.append(Character.toUpperCase(Character.forDigit(octet & 0xf, 16)));
        }
    }
}
