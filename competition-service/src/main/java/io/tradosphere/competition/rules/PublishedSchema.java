package io.tradosphere.competition.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.platform.decimal.Decimals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The JSON Schemas that are published to clients and validate their requests. */
public enum PublishedSchema {
    /** The schema of {@code rules}. */
    RULES("schemas/competition-rules.json"),
    /** The schema of {@code scoringMetrics}. */
    SCORING_METRICS("schemas/competition-scoring-metrics.json");

    private final String text;
    private final Schema schema;

    PublishedSchema(String resource) {
        this.text = read(resource);
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    /** The schema's JSON text. */
    public String text() {
        return text;
    }

    /**
     * Validates a value by the schema; returns no violations when it is valid.
     *
     * @param field path of the value in the request, such as {@code rules}
     */
    List<Violation> violations(JsonNode value, String field) {
        List<Violation> unreadable = new ArrayList<>();
        findUnreadableNumbers(value, field, unreadable);
        // Checked before validation, since the validator's arithmetic with a nine-digit exponent would take gigabytes.
        return unreadable.isEmpty()
                ? schema.validate(value).stream()
                        .map(error -> violation(error, field))
                        .distinct()
                        .sorted(Comparator.comparing(Violation::field))
                        .toList()
                : unreadable;
    }

    private static void findUnreadableNumbers(JsonNode value, String field, List<Violation> unreadable) {
        if (value.isNumber() && Decimals.parse(value.asText()).isEmpty()) {
            unreadable.add(new Violation(field, "is a decimal number of at most 40 digits"));
        }
        value.properties()
                .forEach(entry -> findUnreadableNumbers(entry.getValue(), field + "." + entry.getKey(), unreadable));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                findUnreadableNumbers(value.get(i), field + "[" + i + "]", unreadable);
            }
        }
    }

    private static Violation violation(Error error, String field) {
        String at = field + path(error.getInstanceLocation());
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                new Violation(at + "." + error.getProperty(), "is not a field of this request");
            case "pattern" -> new Violation(at, "is not written as the published schema says");
            case "enum" -> new Violation(at, "is one of " + error.getSchemaNode());
            default -> new Violation(at, error.getMessage());
        };
    }

    private static String path(NodePath location) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object step = location.getElement(i);
            path.append(step instanceof Integer index ? "[" + index + "]" : "." + step);
        }
        return path.toString();
    }

    private static String read(String resource) {
        try (InputStream file = PublishedSchema.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
