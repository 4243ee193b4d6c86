package io.tradosphere.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of a problem, <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param type the stable URI of the kind of problem
 * @param title a short summary of the kind
 * @param status the HTTP status
 * @param detail what happened, and what to do about it
 * @param instance the path of the request
 * @param requestId the id of the request, as in {@code X-Request-Id} and in the log
 * @param violations the invalid fields; absent when there are none
 */
public record ProblemDetails(
        URI type,
        String title,
        int status,
        String detail,
        String instance,
        String requestId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.Violation> violations) {

    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_IN_URI = "\"<>\\^`{|}#";

    /**
     * The body for a problem.
     *
     * @param target the request's target as sent; a query is left out
     * @param requestId the request's id
     */
    public static ProblemDetails of(Problem problem, String target, String requestId) {
        ProblemKind kind = problem.kind();
        return new ProblemDetails(
                kind.type(),
                kind.title(),
                kind.status(),
                problem.getMessage(),
                asReference(target),
                requestId,
                problem.violations());
    }

    /** The body as JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Problem details cannot be written as JSON", impossible);
        }
    }

    /** The path without its query. Characters that a URI must not contain are escaped. */
    private static String asReference(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.chars().allMatch(ProblemDetails::isAllowed)) {
            return path;
        }
        StringBuilder reference = new StringBuilder(path.length() + 16);
        path.codePoints().forEach(c -> append(reference, c));
        return reference.toString();
    }

    private static boolean isAllowed(int c) {
        return c > ' ' && c < 0x7f && NOT_IN_URI.indexOf(c) < 0;
    }

    private static void append(StringBuilder reference, int c) {
        if (isAllowed(c)) {
            reference.appendCodePoint(c);
            return;
        }
        for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            reference.append('%');
            reference.append(Character.toUpperCase(Character.forDigit(octet >> 4 & 0xf, 16)));
            reference.append(Character.toUpperCase(Character.forDigit(octet & 0xf, 16)));
        }
    }
}
