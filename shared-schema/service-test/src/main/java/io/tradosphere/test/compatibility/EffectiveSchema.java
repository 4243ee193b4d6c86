package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON Schema as one object: references are followed, the parts of {@code allOf} are joined, {@code const} is an enum of one, and
 * each way to say that a value may be null is the type {@code null}. Schemas within it are left as they are.
 */
final class EffectiveSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NULL = "null";
    private static final List<String> ALTERNATIVES = List.of("oneOf", "anyOf");
    private static final List<String> CHOICES = List.of("oneOf", "anyOf", "enum", "not");
    /** Set in a schema without types of which a value may be null. */
    static final String OR_NULL = "x-or-null";

    private final ApiDocument document;

    private EffectiveSchema(ApiDocument document) {
        this.document = document;
    }

    /** The effective schema of a node. A missing node, like {@code true}, allows everything. */
    static ObjectNode of(ApiDocument document, JsonNode schema) {
        ObjectNode effective = new EffectiveSchema(document).flattened(schema, Set.of());
        foldConst(effective);
        foldNull(effective, document);
        return effective;
    }

    private ObjectNode flattened(JsonNode schema, Set<String> followed) {
        ObjectNode result = JSON.objectNode();
        if (schema.isBoolean()) {
            if (!schema.asBoolean()) {
                result.putObject("not");
            }
            return result;
        }
        List<JsonNode> parts = new ArrayList<>();
        Set<String> references = new LinkedHashSet<>(followed);
        if (schema.isObject()) {
            ObjectNode own = ((ObjectNode) schema).deepCopy();
            JsonNode reference = own.remove("$ref");
            JsonNode all = own.remove("allOf");
            result.setAll(own);
            if (reference != null && references.add(reference.asText())) {
                parts.add(document.resolved(JSON.objectNode().set("$ref", reference)));
            }
            if (all != null) {
                all.forEach(parts::add);
            }
        }
        parts.forEach(part -> join(result, flattened(part, references)));
        return result;
    }

    /** Adds the keywords of {@code other}, so that a value must meet both. */
    private static void join(ObjectNode target, ObjectNode other) {
        other.properties().forEach(keyword -> {
            JsonNode mine = target.get(keyword.getKey());
            JsonNode theirs = keyword.getValue();
            if (mine == null || mine.equals(theirs)) {
                target.set(keyword.getKey(), theirs);
            } else {
                target.set(keyword.getKey(), joined(keyword.getKey(), mine, theirs));
            }
        });
    }

    private static JsonNode joined(String keyword, JsonNode mine, JsonNode theirs) {
        return switch (keyword) {
            case "properties", "patternProperties" -> joinedProperties(mine, theirs);
            case "required" -> array(union(mine, theirs));
            case "type", "enum" -> array(intersection(asArray(mine), asArray(theirs)));
            case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties" ->
                mine.decimalValue().compareTo(theirs.decimalValue()) > 0 ? mine : theirs;
            case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties" ->
                mine.decimalValue().compareTo(theirs.decimalValue()) < 0 ? mine : theirs;
            case "title", "description", "example", "examples", "default", "deprecated", "$comment" -> mine;
            // Both hold. A change of either shows as a change of the text.
            case "pattern" -> JSON.textNode(mine.asText() + " and " + theirs.asText());
            case "items", "additionalProperties", "propertyNames" -> both(mine, theirs);
            default -> JSON.arrayNode().add(mine).add(theirs);
        };
    }

    private static ObjectNode joinedProperties(JsonNode mine, JsonNode theirs) {
        ObjectNode properties = mine.deepCopy();
        theirs.properties()
                .forEach(property -> properties.set(
                        property.getKey(),
                        properties.has(property.getKey())
                                ? both(properties.get(property.getKey()), property.getValue())
                                : property.getValue()));
        return properties;
    }

    private static ObjectNode both(JsonNode mine, JsonNode theirs) {
        ObjectNode both = JSON.objectNode();
        both.putArray("allOf").add(mine).add(theirs);
        return both;
    }

    private static void foldConst(ObjectNode schema) {
        JsonNode value = schema.remove("const");
        if (value != null) {
            schema.set("enum", array(List.of(value)));
        }
    }

    /** Turns {@code nullable: true}, a null among enum values, and an alternative of type null into the type {@code null}. */
    private static void foldNull(ObjectNode schema, ApiDocument document) {
        boolean nullable = schema.has("nullable") && schema.remove("nullable").asBoolean();
        for (String keyword : ALTERNATIVES) {
            if (schema.has(keyword)) {
                List<JsonNode> others = new ArrayList<>();
                for (JsonNode alternative : schema.get(keyword)) {
                    if (isNull(document, alternative)) {
                        nullable = true;
                    } else {
                        others.add(alternative);
                    }
                }
                schema.set(keyword, array(others));
                if (others.size() == 1) {
                    schema.remove(keyword);
                    join(schema, of(document, others.get(0)));
                }
            }
        }
        if (schema.has("enum")) {
            List<JsonNode> values = new ArrayList<>();
            for (JsonNode value : schema.get("enum")) {
                if (value.isNull()) {
                    nullable |= !schema.has("type");
                } else {
                    values.add(value);
                }
            }
            schema.set("enum", array(values));
        }
        if (nullable && schema.has("type")) {
            schema.set(
                    "type",
                    array(union(asArray(schema.get("type")), JSON.arrayNode().add(NULL))));
        } else if (nullable) {
            schema.put(OR_NULL, true);
        }
    }

    /** Whether a value of the effective schema may be null. */
    static boolean mayBeNull(ObjectNode schema) {
        if (schema.has("type")) {
            return types(schema).contains(NULL);
        }
        return schema.has(OR_NULL) || CHOICES.stream().noneMatch(schema::has);
    }

    private static boolean isNull(ApiDocument document, JsonNode schema) {
        return document.resolved(schema).path("type").asText().equals(NULL);
    }

    /** The names of the types but null; empty when every type is allowed. */
    static Set<String> typesOfValues(ObjectNode schema) {
        Set<String> types = types(schema);
        types.remove(NULL);
        return types;
    }

    private static Set<String> types(ObjectNode schema) {
        Set<String> types = new TreeSet<>();
        asArray(schema.path("type")).forEach(type -> types.add(type.asText()));
        return types;
    }

    private static JsonNode asArray(JsonNode value) {
        if (value.isArray() || value.isMissingNode()) {
            return value;
        }
        return JSON.arrayNode().add(value);
    }

    private static ArrayNode array(Iterable<? extends JsonNode> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static Set<JsonNode> union(JsonNode mine, JsonNode theirs) {
        Set<JsonNode> union = new LinkedHashSet<>();
        mine.forEach(union::add);
        theirs.forEach(union::add);
        return union;
    }

    private static Set<JsonNode> intersection(JsonNode mine, JsonNode theirs) {
        Set<JsonNode> all = new LinkedHashSet<>();
        theirs.forEach(all::add);
        Set<JsonNode> common = new LinkedHashSet<>();
        mine.forEach(value -> {
            if (all.contains(value)) {
                common.add(value);
            }
        });
        return common;
    }
}
