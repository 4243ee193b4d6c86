package io.tradosphere.platform.http;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A kind of refusal that clients can tell apart.
 *
 * @param name the last segment of the stable type URI, in kebab case
 * @param status the HTTP status it is answered with
 * @param title a short sentence that is the same for every occurrence
 * @param headers headers that every occurrence carries
 */
public record ProblemKind(String name, int status, String title, Map<String, String> headers) {

    private static final String BASE = "https://tradosphere.io/problems/";

    /** A kind without headers of its own. */
    public ProblemKind(String name, int status, String title) {
        this(name, status, title, Map.of());
    }

    /** The stable URI that names the kind. */
    public URI type() {
        return URI.create(BASE + name);
    }

    /**
     * The problem to throw.
     *
     * @param detail what happened here and what the caller can do about it
     */
    public Problem because(String detail) {
        return new Problem(this, detail, List.of(), headers);
    }

    /** The problem of a request whose fields are at fault. */
    public Problem because(String detail, List<Problem.Violation> violations) {
        return new Problem(this, detail, violations, headers);
    }
}
