package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.platform.http.Problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

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
     * The resource's editable part as the patch leaves it; what the patch does not name stays, what it sets to null goes.
     *
     * @param current the editable part as it is, a record
     * @throws Problem {@code invalid-request} (400) naming unknown fields and those whose new value is not valid
     */
    public <T extends Record> T apply(JsonNode patch, T current, Class<T> type) {
        if (!(patch instanceof ObjectNode changes)) {
            throw Problems.MALFORMED_BODY.because("A merge patch is a JSON object.");
        }
        ObjectNode merged = json.valueToTree(current);
        List<Violation> unknown = new ArrayList<>();
        changes.fields().forEachRemaining(change -> {
            if (merged.has(change.getKey())) {
                merged.set(change.getKey(), merged(merged.get(change.getKey()), change.getValue()));
            } else {
                unknown.add(new Violation(change.getKey(), "is not a field that can be edited"));
            }
        });
        if (!unknown.isEmpty()) {
            throw Problems.INVALID_REQUEST.because("The patch names fields that cannot be edited.", unknown);
        }
        T result = read(merged, type);
        Set<ConstraintViolation<T>> violations = validator.validate(result);
        if (!violations.isEmpty()) {
            throw Problems.INVALID_REQUEST.because(
                    "The patch sets fields to what they cannot be.",
                    violations.stream()
                            .map(violation ->
                                    new Violation(violation.getPropertyPath().toString(), violation.getMessage()))
                            .sorted(Comparator.comparing(Violation::field))
                            .toList());
        }
        return result;
    }

    /** Within a field that is an object, what the patch does not name stays too. */
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
        } catch (MismatchedInputException mismatch) {
            throw JsonMistakes.problem(mismatch);
        } catch (JsonProcessingException malformed) {
            throw Problems.MALFORMED_BODY.because("The patch cannot be read.");
        }
    }
}
