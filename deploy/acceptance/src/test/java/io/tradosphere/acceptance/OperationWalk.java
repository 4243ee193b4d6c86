package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of the API that are named by operation. It keeps which operations were called, and which responses were not as expected. */
final class OperationWalk {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private final String base;
    private final Set<String> operations = new TreeSet<>();
    private final List<String> failures = new ArrayList<>();

    /** @param base the address of the gateway, or of a proxy before it */
    OperationWalk(String base) {
        this.base = base;
    }

    /** The operations called so far, such as {@code GET /v1/profiles/{idOrUsername}}. */
    Set<String> operations() {
        return operations;
    }

    /** The responses that were not as expected, in order. */
    List<String> failures() {
        return failures;
    }

    /** A call without a body. */
    JsonNode call(int status, Client as, String operation, Object... values) {
        return send(status, as, operation, null, values);
    }

    /**
     * A call with a body.
     *
     * @param status the status that it is expected to have
     * @param operation method and path with variables, and possibly a query
     * @param body in JSON; null for none
     * @param values the values of the path's variables, in order
     */
    JsonNode send(int status, Client as, String operation, String body, Object... values) {
        return send(status, as, operation, body, List.of(values));
    }

    /** A call with a body, and a header. */
    JsonNode sendWith(
            String header, String value, int status, Client as, String operation, String body, Object... values) {
        return send(status, as, operation, body, List.of(values), header, value);
    }

    private JsonNode send(
            int status, Client as, String operation, String body, List<Object> values, String... headers) {
        operations.add(operation.replaceFirst("\\?.*", ""));
        String[] parts = operation.split(" ", 2);
        String path = parts[1];
        for (Object value : values) {
            path = VARIABLE.matcher(path).replaceFirst(Matcher.quoteReplacement(value.toString()));
        }
        Client.Response response = as.callAt(base, parts[0], path, body, headers);
        if (response.status() != status) {
            failures.add(operation + ": " + response.status() + " instead of " + status + ": " + response.body());
        }
        return response.json();
    }
}
