package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A comparison of what an operation demands of its caller: a caller who was let in must be let in. */
final class SecurityComparison {

    private final ApiDocument before;
    private final ApiDocument now;
    private final Breaks breaks;

    SecurityComparison(ApiDocument before, ApiDocument now, Breaks breaks) {
        this.before = before;
        this.now = now;
        this.breaks = breaks;
    }

    void compare(JsonNode released, JsonNode current) {
        List<JsonNode> suffices = alternatives(current);
        for (JsonNode held : alternatives(released)) {
            if (suffices.stream().noneMatch(needed -> isMet(needed, held))) {
                breaks.add(
                        BreakKind.SECURITY_TIGHTENED,
                        held.isEmpty()
                                ? "a call without credentials is no longer served"
                                : "a call with " + held + " is no longer served");
            }
            held.fieldNames().forEachRemaining(this::compareScheme);
        }
    }

    /** The requirements of which one must be met. An empty one is met by everybody. */
    private static List<JsonNode> alternatives(JsonNode security) {
        List<JsonNode> alternatives = new ArrayList<>();
        security.forEach(alternatives::add);
        if (alternatives.isEmpty()) {
            alternatives.add(JsonNodeFactory.instance.objectNode());
        }
        return alternatives;
    }

    private static boolean isMet(JsonNode needed, JsonNode held) {
        return needed.properties().stream()
                .allMatch(scheme -> held.has(scheme.getKey())
                        && strings(held.get(scheme.getKey())).containsAll(strings(scheme.getValue())));
    }

    private void compareScheme(String name) {
        JsonNode old = scheme(before, name);
        JsonNode today = scheme(now, name);
        if (!today.isMissingNode() && !old.equals(today)) {
            breaks.add(BreakKind.SECURITY_SCHEME_CHANGED, "scheme " + name, old, today);
        }
    }

    private static JsonNode scheme(ApiDocument document, String name) {
        JsonNode scheme = document.resolved(
                document.root().path("components").path("securitySchemes").path(name));
        if (scheme.isObject()) {
            ObjectNode compared = ((ObjectNode) scheme).deepCopy();
            compared.remove(List.of("description", "bearerFormat"));
            return compared;
        }
        return scheme;
    }

    private static Set<String> strings(JsonNode array) {
        Set<String> strings = new HashSet<>();
        array.forEach(value -> strings.add(value.asText()));
        return strings;
    }
}
