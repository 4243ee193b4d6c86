package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** JSON merge patches, <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>. */
@ApplicationScoped
public class MergePatch {

    /** The media type of a merge patch. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectMapper json;
    private final Validator validator;

    MergePatch(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * Applies a patch to the editable part of a resource. Fields not in the patch stay; fields set to null are removed. A field with a
     * default cannot be removed.
     *
     * @param current the current editable part
     * @throws Problem {@code invalid-request} (400) with the unknown and the invalid fields
     */
    public <T extends Record> T apply(JsonNode patch, T current, Class<T> type) {
        if (!(patch instanceof ObjectNode changes)) {
            throw ProblemKind.MALFORMED_BODY.because("A merge patch is a JSON object.");
        }
        ObjectNode merged = json.valueToTree(current);
        List<Violation> refused = new ArrayList<>();
        Set<String> defaulted = defaulted(type);
        changes.fields().forEachRemaining(change -> {
            if (defaulted.contains(change.getKey()) && change.getValue().isNull()) {
                refused.add(new Violation(change.getKey(), "cannot be null"));
            } else if (merged.has(change.getKey())) {
                merged.set(change.getKey(), merged(merged.get(change.getKey()), change.getValue()));
            } else {
                refused.add(new Violation(change.getKey(), "is not a field that can be edited"));
            }
        });
        if (!refused.isEmpty()) {
            throw ProblemKind.INVALID_REQUEST.because("The patch names fields that cannot be set so.", refused);
        }
        T result = read(merged, type);
        Set<ConstraintViolation<T>> violations = validator.validate(result);
        if (!violations.isEmpty()) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "The patch sets invalid values.",
                    violations.stream()
                            .map(violation ->
                                    new Violation(violation.getPropertyPath().toString(), violation.getMessage()))
                            .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                            .toList());
        }
        return result;
    }

    /** The names of the fields that null would set to a default. */
    private static Set<String> defaulted(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Defaulted.class))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    /** Objects are merged recursively: members not in the patch stay. */
    private static JsonNode merged(JsonNode before, JsonNode change) {
        if (!(change instanceof ObjectNode changes)) {
            return change;
        }
        ObjectNode after = before instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        changes.fields().forEachRemaining(field -> {
            if (field.getValue().isNull()) {
                after.remove(field.getKey());
            } else {
                after.set(field.getKey(), merged(after.get(field.getKey()), field.getValue()));
            }
        });
        return after;
    }

    private <T> T read(ObjectNode merged, Class<T> type) {
        try {
            return json.treeToValue(merged, type);
        } catch (JsonProcessingException unreadable) {
            throw JsonErrors.problem(unreadable);
        }
    }
}
