package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A comparison of an API's OpenAPI document with its released one. It finds what breaks a client that was written, or generated,
 * from the released document. {@code docs/api-guide.md} has the rules.
 */
public final class ApiComparison {

    private static final String PROBLEM = "application/problem+json";

    private final ApiDocument before;
    private final ApiDocument now;
    private final List<Break> found = new ArrayList<>();

    private ApiComparison(JsonNode released, JsonNode current) {
        before = new ApiDocument(released);
        now = new ApiDocument(current);
    }

    /**
     * What breaks a client between the two documents; empty when nothing does.
     *
     * @throws IllegalArgumentException when a document refers to what it does not have
     */
    public static List<Break> breaks(JsonNode released, JsonNode current) {
        ApiComparison comparison = new ApiComparison(released, current);
        comparison.compare();
        return comparison.found;
    }

    private void compare() {
        var today = now.operations();
        before.operations().forEach((name, released) -> {
            Breaks breaks = new Breaks(name, "", found);
            if (today.containsKey(name)) {
                compareOperation(released, today.get(name), breaks);
            } else {
                breaks.add(BreakKind.OPERATION_REMOVED, "the operation was removed");
            }
        });
    }

    private void compareOperation(ApiDocument.Operation released, ApiDocument.Operation current, Breaks breaks) {
        JsonNode oldId = released.definition().path("operationId");
        JsonNode newId = current.definition().path("operationId");
        if (!oldId.equals(newId)) {
            breaks.add(BreakKind.OPERATION_RENAMED, "operationId", oldId, newId);
        }
        new SecurityComparison(before, now, breaks).compare(released.security(), current.security());
        compareParameters(released, current, breaks);
        compareBodies(
                before.resolved(released.definition().path("requestBody")),
                now.resolved(current.definition().path("requestBody")),
                breaks.in("request"));
        compareResponses(
                released.definition().path("responses"), current.definition().path("responses"), breaks);
    }

    private void compareParameters(ApiDocument.Operation released, ApiDocument.Operation current, Breaks breaks) {
        released.parameters().forEach((name, old) -> {
            Breaks place = breaks.in(name);
            JsonNode today = current.parameters().get(name);
            if (today == null) {
                place.add(BreakKind.PARAMETER_REMOVED, "the parameter was removed");
                return;
            }
            if (isRequired(today) && !isRequired(old)) {
                place.add(BreakKind.PARAMETER_REQUIRED, "the parameter is now required");
            }
            for (String keyword : List.of("style", "explode", "allowReserved")) {
                if (!serialisation(old, keyword).equals(serialisation(today, keyword))) {
                    place.add(BreakKind.PARAMETER_SERIALISED_OTHERWISE, keyword, old.get(keyword), today.get(keyword));
                }
            }
            compareValues(old, today, Direction.REQUEST, place);
        });
        current.parameters().forEach((name, today) -> {
            if (isRequired(today) && !released.parameters().containsKey(name)) {
                breaks.in(name).add(BreakKind.PARAMETER_REQUIRED, "the parameter is new and required");
            }
        });
    }

    /** The keyword's value, or its default. */
    private static JsonNode serialisation(JsonNode parameter, String keyword) {
        if (parameter.has(keyword)) {
            return parameter.get(keyword);
        }
        boolean isForm = Set.of("query", "cookie").contains(parameter.path("in").asText());
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (keyword) {
            case "style" -> json.textNode(isForm ? "form" : "simple");
            case "explode" ->
                json.booleanNode(serialisation(parameter, "style").asText().equals("form"));
            default -> json.booleanNode(false);
        };
    }

    private static boolean isRequired(JsonNode described) {
        return described.path("required").asBoolean();
    }

    /** A parameter or a header has a schema, or one for its only media type. */
    private void compareValues(JsonNode released, JsonNode current, Direction direction, Breaks breaks) {
        new SchemaComparison(before, now, direction).compare(released.path("schema"), current.path("schema"), breaks);
        compareContent(released.path("content"), current.path("content"), direction, breaks);
    }

    private void compareBodies(JsonNode released, JsonNode current, Breaks breaks) {
        if (released.isMissingNode()) {
            if (isRequired(current)) {
                breaks.add(BreakKind.BODY_REQUIRED, "a body is now required");
            }
            return;
        }
        if (current.isMissingNode()) {
            breaks.add(BreakKind.BODY_REMOVED, "the body was removed");
            return;
        }
        if (isRequired(current) && !isRequired(released)) {
            breaks.add(BreakKind.BODY_REQUIRED, "the body is now required");
        }
        compareContent(released.path("content"), current.path("content"), Direction.REQUEST, breaks);
    }

    private void compareResponses(JsonNode released, JsonNode current, Breaks breaks) {
        released.properties().forEach(entry -> {
            String status = entry.getKey();
            Breaks place = breaks.in("response " + status);
            if (!current.has(status)) {
                place.add(BreakKind.STATUS_REMOVED, "the status was removed");
                return;
            }
            JsonNode old = before.resolved(entry.getValue());
            JsonNode today = now.resolved(current.get(status));
            compareHeaders(old.path("headers"), today.path("headers"), place);
            compareContent(old.path("content"), today.path("content"), Direction.RESPONSE, place);
        });
        Set<String> added = new HashSet<>();
        current.fieldNames().forEachRemaining(added::add);
        released.fieldNames().forEachRemaining(added::remove);
        added.stream()
                .filter(status -> status.startsWith("2") || status.startsWith("3"))
                .forEach(status ->
                        breaks.in("response " + status).add(BreakKind.SUCCESS_STATUS_ADDED, "the status was added"));
    }

    private void compareHeaders(JsonNode released, JsonNode current, Breaks breaks) {
        released.properties().forEach(header -> {
            Breaks place = breaks.in(" header " + header.getKey());
            JsonNode old = before.resolved(header.getValue());
            JsonNode today = now.resolved(namesake(current, header.getKey()));
            if (today.isMissingNode()) {
                place.add(BreakKind.RESPONSE_HEADER_REMOVED, "the header was removed");
                return;
            }
            if (isRequired(old) && !isRequired(today)) {
                place.add(BreakKind.RESPONSE_HEADER_REMOVED, "the header may now be absent");
            }
            compareValues(old, today, Direction.RESPONSE, place);
        });
    }

    private static JsonNode namesake(JsonNode headers, String name) {
        return headers.properties().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .<JsonNode>map(Map.Entry::getValue)
                .findFirst()
                .orElse(headers.path(name));
    }

    private void compareContent(JsonNode released, JsonNode current, Direction direction, Breaks breaks) {
        released.properties().forEach(media -> {
            Breaks place = breaks.in(" " + media.getKey());
            if (!current.has(media.getKey())) {
                place.add(
                        direction == Direction.REQUEST
                                ? BreakKind.REQUEST_MEDIA_TYPE_REMOVED
                                : BreakKind.RESPONSE_MEDIA_TYPE_REMOVED,
                        "the media type was removed");
                return;
            }
            Breaks inBody = place.in(": ").apart();
            new SchemaComparison(before, now, direction)
                    .compare(
                            media.getValue().path("schema"),
                            current.get(media.getKey()).path("schema"),
                            inBody);
            inBody.found().stream().filter(tolerated(media.getKey()).negate()).forEach(found::add);
        });
    }

    /** A client goes by the status of a problem whose type it does not know. */
    private static Predicate<Break> tolerated(String mediaType) {
        return broken -> mediaType.equals(PROBLEM)
                && broken.kind() == BreakKind.RESPONSE_ENUM_VALUE_ADDED
                && broken.place().endsWith(": type");
    }
}
