package io.tradosphere.platform.http;

import java.util.List;
import java.util.Map;

/** A refusal that the caller is told about, as RFC 9457 problem details. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemKind kind;
    private final transient List<Violation> violations;
    private final transient Map<String, String> headers;

    /** One field of a request that is not as it should be, and what would be. */
    public record Violation(String field, String message) {}

    Problem(ProblemKind kind, String detail, List<Violation> violations, Map<String, String> headers) {
        // No stack trace: a refusal is an answer, not a fault, and there may be thousands of them a second.
        super(detail, null, false, false);
        this.kind = kind;
        this.violations = List.copyOf(violations);
        this.headers = Map.copyOf(headers);
    }

    /** Which of the documented kinds it is. */
    public ProblemKind kind() {
        return kind;
    }

    /** What is wrong with which field; empty unless the request's content is at fault. */
    public List<Violation> violations() {
        return violations;
    }

    /** Headers that belong to the answer, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }
}
