package io.tradosphere.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An exception that is returned to the client as RFC 9457 problem details. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A body can have many thousand errors; the response stays small. */
    private static final int MAX_VIOLATIONS = 20;

    private static final int MAX_FIELD_LENGTH = 200;

    private final ProblemKind kind;
    private final transient List<Violation> violations;
    private final transient Map<String, String> headers;

    /** An invalid field of a request, and what it must be. */
    public record Violation(String field, String message) {

        private Violation shortened() {
            return field.length() <= MAX_FIELD_LENGTH
                    ? this
                    : new Violation(field.substring(0, MAX_FIELD_LENGTH) + "…", message);
        }
    }

    Problem(ProblemKind kind, String detail, List<Violation> violations, Map<String, String> headers) {
        // No stack trace: a problem is a response, not a defect, and thousands a second are possible.
        super(detail, null, false, false);
        this.kind = kind;
        this.violations = oncePerField(violations).stream()
                .limit(MAX_VIOLATIONS)
                .map(Violation::shortened)
                .toList();
        this.headers = Map.copyOf(headers);
    }

    /** One violation a field, in order. A field that breaks several constraints has all their messages. */
    private static List<Violation> oncePerField(List<Violation> violations) {
        Map<String, Set<String>> messages = new LinkedHashMap<>();
        violations.forEach(violation -> messages.computeIfAbsent(violation.field(), field -> new LinkedHashSet<>())
                .add(violation.message()));
        return messages.entrySet().stream()
                .map(field -> new Violation(field.getKey(), String.join("; ", field.getValue())))
                .toList();
    }

    /** The documented kind of problem. */
    public ProblemKind kind() {
        return kind;
    }

    /** The first invalid fields, each once; empty unless the request's content is invalid. */
    public List<Violation> violations() {
        return violations;
    }

    /** The same problem with one more header in its response, or another value of one. */
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Problem(kind, getMessage(), violations, more);
    }

    /** Headers of the response, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }
}
