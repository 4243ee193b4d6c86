package io.tradosphere.test.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for an OpenAPI document: what a client developer, and the tools of one, need to find in it. */
final class DocumentRules {

    /** Ids that others give, which are no UUIDs. */
    private static final Set<String> FOREIGN_IDS =
            Set.of("requestId", "brokerTradeId", "appId", "channelId", "agoraRecordingId", "noticeId");

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern JAVA_ONLY = Pattern.compile("\\(\\?[a-zA-Z]+\\)|\\\\[pP]\\{|[*+?}]\\+");

    private final JsonNode document;
    private final List<String> violations = new ArrayList<>();

    private DocumentRules(JsonNode document) {
        this.document = document;
    }

    /** The violations of rules. */
    static List<String> violations(JsonNode document) {
        DocumentRules rules = new DocumentRules(document);
        rules.checkInfo();
        rules.checkSchemas();
        ApiOperation.of(document).forEach(rules::checkOperation);
        rules.checkPatterns(document, "");
        return rules.violations;
    }

    private void checkInfo() {
        for (String pointer : List.of(
                "/info/title",
                "/info/version",
                "/info/description",
                "/info/contact/name",
                "/info/license/name",
                "/servers/0/url")) {
            require(document.at(pointer), pointer);
        }
        document.path("tags")
                .forEach(tag -> require(tag.path("description"), "tag " + tag.path("name") + " description"));
    }

    private void checkSchemas() {
        Map<String, JsonNode> schemas = fields(document.at("/components/schemas"));
        schemas.forEach((name, schema) -> {
            if (!PLAIN_NAME.matcher(name).matches()) {
                violations.add("schema " + name + " has no plain name");
            }
            require(schema.path("description"), "schema " + name + " description");
            checkProperties(name, schema);
        });
    }

    private void checkProperties(String name, JsonNode schema) {
        fields(schema.path("properties")).forEach((property, definition) -> {
            String place = name + "." + property;
            require(definition.path("description"), place + " description");
            String format = definition.path("format").asText();
            boolean id = property.equals("id") || property.endsWith("Id") && !FOREIGN_IDS.contains(property);
            if (id && !format.equals("uuid")) {
                violations.add(place + " is an id without the format uuid");
            }
            if (property.endsWith("At") && !format.equals("date-time")) {
                violations.add(place + " is an instant without the format date-time");
            }
            if (List.of("type", "enum", "$ref", "anyOf").stream().noneMatch(definition::has)) {
                violations.add(place + " has no type");
            }
        });
        schema.path("required").forEach(required -> {
            if (!schema.path("properties").has(required.asText())) {
                violations.add(name + " requires " + required.asText() + ", which it lacks");
            }
        });
    }

    private void checkOperation(ApiOperation operation) {
        require(operation.definition().path("summary"), operation + " summary");
        require(operation.definition().path("description"), operation + " description");
        require(operation.definition().path("tags").path(0), operation + " tag");
        if (!operation.definition().has("security")) {
            violations.add(operation + " does not say whether it needs a token");
        }
        operation.definition().path("parameters").forEach(parameter -> {
            String place = operation + " parameter " + parameter.path("name").asText();
            require(parameter.path("description"), place + " description");
            if (parameter.path("name").asText().equals("limit")
                    && !(parameter.at("/schema/type").asText().equals("integer")
                            && parameter.at("/schema/minimum").asInt() == 1
                            && parameter.at("/schema/maximum").asInt() == 100
                            && parameter.at("/schema/default").asInt() == 20)) {
                violations.add(place + " is no integer from 1 to 100, or has no default");
            }
        });
        fields(operation.definition().path("responses")).forEach((status, response) -> {
            require(response.path("description"), operation + " response " + status + " description");
            require(response.path("headers").path("X-Request-Id"), operation + " response " + status + " X-Request-Id");
            JsonNode problem = response.at("/content/application~1problem+json/schema");
            if (!problem.isMissingNode()
                    && problem.at("/dependentSchemas/type/properties/type/enum").isEmpty()) {
                violations.add(operation + " response " + status + " does not say which problems it has");
            }
        });
        checkBodies(operation);
    }

    /** Requests and merge patches refuse unknown fields; a merge patch requires none; a response says what is always there. */
    private void checkBodies(ApiOperation operation) {
        JsonNode request = schemaOf(operation.requestMedia());
        if (request.has("properties")) {
            if (request.path("additionalProperties").asBoolean(true)) {
                violations.add(operation + " does not say that unknown fields are refused");
            }
            if (operation.method().equals("PATCH") && request.has("required")) {
                violations.add(operation + " is a merge patch with required fields");
            }
        }
        operation.successes().forEach(success -> {
            JsonNode response = schemaOf(success);
            if (response.has("properties") && response.path("required").isEmpty()) {
                violations.add(operation + " does not say which fields its response always has");
            }
        });
    }

    private JsonNode schemaOf(JsonNode media) {
        JsonNode schema = media.path("schema");
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private void checkPatterns(JsonNode node, String place) {
        if (node.path("pattern").isTextual()) {
            String pattern = node.get("pattern").asText();
            if (!pattern.startsWith("^")
                    || !pattern.endsWith("$")
                    || JAVA_ONLY.matcher(pattern).find()) {
                violations.add(place + " has a pattern that is not anchored or not of ECMA 262: " + pattern);
            }
        }
        fields(node).forEach((name, child) -> checkPatterns(child, place + "/" + name));
        if (node.isArray()) {
            node.forEach(child -> checkPatterns(child, place + "/…"));
        }
    }

    private void require(JsonNode text, String place) {
        if (text.isMissingNode() || text.isTextual() && text.asText().isBlank()) {
            violations.add("no " + place);
        }
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new HashMap<>();
        object.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
