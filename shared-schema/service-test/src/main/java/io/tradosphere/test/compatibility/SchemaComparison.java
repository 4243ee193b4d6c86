package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A comparison of two JSON Schemas of a value that is sent in one direction. A keyword it does not know must stay as it was: a
 * change that cannot be judged counts as a break.
 */
final class SchemaComparison {

    private static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "$comment",
            "example",
            "examples",
            "deprecated",
            "externalDocs",
            "xml",
            "default",
            "readOnly",
            "writeOnly");
    private static final Set<String> COMPARED = Set.of(
            "type",
            "enum",
            "format",
            "contentEncoding",
            "contentMediaType",
            "pattern",
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "multipleOf",
            "uniqueItems",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "oneOf",
            "anyOf",
            "discriminator");
    private static final List<String> FORMATS = List.of("format", "contentEncoding", "contentMediaType");

    private final ApiDocument before;
    private final ApiDocument now;
    private final Direction direction;
    /** Pairs of named schemas whose breaks are known, so that each is reported once. */
    private final Set<String> visited = new HashSet<>();
    /** Pairs that are being compared. A schema may contain itself. */
    private final Set<String> underWay = new HashSet<>();

    SchemaComparison(ApiDocument before, ApiDocument now, Direction direction) {
        this.before = before;
        this.now = now;
        this.direction = direction;
    }

    /** Adds what breaks between the released and the current schema. Either may be missing: it then allows everything. */
    void compare(JsonNode releasedNode, JsonNode currentNode, Breaks breaks) {
        String pair = releasedNode + " → " + currentNode;
        boolean named = releasedNode.has("$ref") && currentNode.has("$ref");
        if (named && !visited.add(pair) || !underWay.add(pair)) {
            return;
        }
        compareEffective(releasedNode, currentNode, breaks);
        underWay.remove(pair);
    }

    private void compareEffective(JsonNode releasedNode, JsonNode currentNode, Breaks breaks) {
        ObjectNode released = EffectiveSchema.of(before, releasedNode);
        ObjectNode current = EffectiveSchema.of(now, currentNode);
        compareTypes(released, current, breaks);
        new EnumComparison(direction, breaks).compare(released.path("enum"), current.path("enum"));
        for (String keyword : FORMATS) {
            if (!released.path(keyword).equals(current.path(keyword))) {
                breaks.add(BreakKind.FORMAT_CHANGED, keyword, released.get(keyword), current.get(keyword));
            }
        }
        JsonNode narrowing = direction == Direction.REQUEST ? current.path("pattern") : released.path("pattern");
        if (!narrowing.isMissingNode() && !released.path("pattern").equals(current.path("pattern"))) {
            breaks.add(BreakKind.PATTERN_CHANGED, "pattern", released.get("pattern"), current.get("pattern"));
        }
        if (direction == Direction.REQUEST
                && released.has("default")
                && !released.get("default").equals(current.get("default"))) {
            breaks.add(BreakKind.DEFAULT_CHANGED, "default", released.get("default"), current.get("default"));
        }
        new BoundComparison(direction, breaks).compare(released, current);
        compareObjects(released, current, breaks);
        if (released.has("items") || current.has("items")) {
            compare(released.path("items"), current.path("items"), breaks.in("[]"));
        }
        compareAlternatives(released, current, breaks);
        compareDiscriminators(released.path("discriminator"), current.path("discriminator"), breaks);
        compareOthers(released, current, breaks);
    }

    private void compareTypes(ObjectNode released, ObjectNode current, Breaks breaks) {
        Set<String> old = EffectiveSchema.typesOfValues(released);
        Set<String> today = EffectiveSchema.typesOfValues(current);
        boolean compatible = direction == Direction.REQUEST ? isWithin(old, today) : isWithin(today, old);
        if (!compatible) {
            breaks.add(BreakKind.TYPE_CHANGED, "type", released.get("type"), current.get("type"));
        }
        boolean wasNullable = EffectiveSchema.mayBeNull(released);
        boolean isNullable = EffectiveSchema.mayBeNull(current);
        if (direction == Direction.RESPONSE && isNullable && !wasNullable) {
            breaks.add(BreakKind.RESPONSE_MAY_BE_NULL, "the value may now be null");
        }
        if (direction == Direction.REQUEST && wasNullable && !isNullable) {
            breaks.add(BreakKind.REQUEST_NO_LONGER_NULL, "null is no longer accepted");
        }
    }

    /** Whether each type of {@code narrow} is one of {@code wide}. No types at all: any type. */
    private static boolean isWithin(Set<String> narrow, Set<String> wide) {
        if (wide.isEmpty()) {
            return true;
        }
        return !narrow.isEmpty()
                && narrow.stream()
                        .allMatch(type -> wide.contains(type) || type.equals("integer") && wide.contains("number"));
    }

    private void compareObjects(ObjectNode released, ObjectNode current, Breaks breaks) {
        Map<String, JsonNode> old = properties(before, released);
        Map<String, JsonNode> today = properties(now, current);
        Set<String> requiredBefore = required(released);
        Set<String> requiredNow = required(current);
        boolean request = direction == Direction.REQUEST;
        old.forEach((name, schema) -> {
            Breaks place = breaks.in(breaks.isBody() ? name : "." + name);
            if (!today.containsKey(name)) {
                place.add(
                        request ? BreakKind.REQUEST_PROPERTY_REMOVED : BreakKind.RESPONSE_PROPERTY_REMOVED,
                        "the property was removed");
                return;
            }
            if (!request && requiredBefore.contains(name) && !requiredNow.contains(name)) {
                place.add(BreakKind.RESPONSE_PROPERTY_OPTIONAL, "the property may now be absent");
            }
            compare(schema, today.get(name), place);
        });
        if (request) {
            requiredNow.stream()
                    .filter(name -> !requiredBefore.contains(name))
                    .forEach(name -> breaks.in(breaks.isBody() ? name : "." + name)
                            .add(BreakKind.REQUEST_PROPERTY_REQUIRED, "the property is now required"));
        }
        compareAdditional(released.path("additionalProperties"), current.path("additionalProperties"), breaks);
    }

    private void compareAdditional(JsonNode released, JsonNode current, Breaks breaks) {
        boolean refusesNow = current.isBoolean() && !current.asBoolean();
        boolean refusedBefore = released.isBoolean() && !released.asBoolean();
        if (direction == Direction.REQUEST && refusesNow && !refusedBefore) {
            breaks.add(BreakKind.UNKNOWN_PROPERTIES_REFUSED, "properties of other names are no longer accepted");
        } else if (!refusesNow && !refusedBefore && (released.isObject() || current.isObject())) {
            compare(released, current, breaks.in(".*"));
        }
    }

    private Map<String, JsonNode> properties(ApiDocument document, ObjectNode schema) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        String hidden = direction == Direction.REQUEST ? "readOnly" : "writeOnly";
        schema.path("properties").properties().forEach(property -> {
            if (!EffectiveSchema.of(document, property.getValue()).path(hidden).asBoolean()) {
                properties.put(property.getKey(), property.getValue());
            }
        });
        return properties;
    }

    private static Set<String> required(ObjectNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** What a client sends needs an alternative that takes it. What a service sends must be one of the released alternatives. */
    private void compareAlternatives(ObjectNode released, ObjectNode current, Breaks breaks) {
        for (String keyword : List.of("oneOf", "anyOf")) {
            JsonNode old = released.path(keyword);
            JsonNode today = current.path(keyword);
            if (old.isMissingNode() && today.isMissingNode()) {
                continue;
            }
            boolean request = direction == Direction.REQUEST;
            List<JsonNode> sent = alternatives(request ? old : today, request ? released : current, keyword);
            List<JsonNode> taken = alternatives(request ? today : old, request ? current : released, keyword);
            for (JsonNode alternative : sent) {
                Breaks nearest = nearest(alternative, taken, breaks);
                if (nearest == null) {
                    breaks.add(
                            request ? BreakKind.REQUEST_ALTERNATIVE_REMOVED : BreakKind.RESPONSE_ALTERNATIVE_ADDED,
                            "the alternative " + alternative + (request ? " is no longer accepted" : " was added"));
                } else {
                    breaks.addAll(nearest);
                }
            }
        }
    }

    private static List<JsonNode> alternatives(JsonNode listed, ObjectNode schema, String keyword) {
        if (!listed.isMissingNode()) {
            return List.copyOf(elements(listed));
        }
        ObjectNode alone = schema.deepCopy();
        alone.remove(keyword);
        return List.of(alone);
    }

    /** The breaks against the counterpart: none if any alternative takes it, those against its namesake; null without one. */
    private Breaks nearest(JsonNode alternative, List<JsonNode> taken, Breaks breaks) {
        Breaks namesake = null;
        for (JsonNode candidate : taken) {
            Breaks attempt = breaks.apart();
            SchemaComparison fresh = new SchemaComparison(before, now, direction);
            fresh.visited.addAll(visited);
            fresh.underWay.addAll(underWay);
            if (direction == Direction.REQUEST) {
                fresh.compare(alternative, candidate, attempt);
            } else {
                fresh.compare(candidate, alternative, attempt);
            }
            if (attempt.found().isEmpty()) {
                return attempt;
            }
            if (alternative.has("$ref") && alternative.get("$ref").equals(candidate.get("$ref"))) {
                namesake = attempt;
            }
        }
        return namesake;
    }

    private void compareDiscriminators(JsonNode released, JsonNode current, Breaks breaks) {
        if (released.isMissingNode() && current.isMissingNode()) {
            return;
        }
        JsonNode oldName = released.path("propertyName");
        JsonNode newName = current.path("propertyName");
        if (!oldName.equals(newName)) {
            breaks.add(BreakKind.DISCRIMINATOR_CHANGED, "discriminator", oldName, newName);
        }
        for (Iterator<String> names = released.path("mapping").fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!current.path("mapping").has(name)) {
                breaks.add(BreakKind.DISCRIMINATOR_CHANGED, "the discriminator no longer maps " + name);
            }
        }
    }

    private static void compareOthers(ObjectNode released, ObjectNode current, Breaks breaks) {
        Set<String> keywords = new TreeSet<>();
        released.fieldNames().forEachRemaining(keywords::add);
        current.fieldNames().forEachRemaining(keywords::add);
        keywords.removeAll(ANNOTATIONS);
        keywords.removeAll(COMPARED);
        keywords.removeIf(keyword -> keyword.startsWith("x-"));
        for (String keyword : keywords) {
            JsonNode old = released.path(keyword);
            JsonNode today = current.path(keyword);
            if (!old.equals(today)) {
                breaks.add(BreakKind.NOT_COMPARABLE, keyword, old, today);
            }
        }
    }

    private static Set<JsonNode> elements(JsonNode array) {
        Set<JsonNode> elements = new LinkedHashSet<>();
        (array == null ? MissingNode.getInstance() : array).forEach(elements::add);
        return elements;
    }
}
