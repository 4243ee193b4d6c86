package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.tradosphere.platform.http.Problem.Violation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** What Jackson says of a body, in words for the client: never a class name. */
final class JsonMistakes {

    private JsonMistakes() {}

    static Problem problem(JsonProcessingException mistake) {
        if (mistake instanceof UnrecognizedPropertyException unknown) {
            return Problems.INVALID_REQUEST.because(
                    "The body has a field that this call does not know.",
                    List.of(new Violation(path(unknown), "is not a field of this request")));
        }
        if (mistake instanceof MismatchedInputException mismatch) {
            if (mismatch.getPath().isEmpty()) {
                return Problems.MALFORMED_BODY.because("The body is not the JSON object that this call reads.");
            }
            return Problems.INVALID_REQUEST.because(
                    "A field has a value of the wrong kind.",
                    List.of(new Violation(path(mismatch), expected(mismatch))));
        }
        if (mistake instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return Problems.INVALID_REQUEST.because(
                    "A field cannot be read.", List.of(new Violation(path(mapping), "cannot be read")));
        }
        return Problems.MALFORMED_BODY.because("The body is not valid JSON.");
    }

    private static String path(JsonMappingException mistake) {
        return mistake.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String expected(MismatchedInputException mismatch) {
        Class<?> target = mismatch.getTargetType();
        if (target != null && target.isEnum() && mismatch instanceof InvalidFormatException) {
            String choices = Arrays.stream(target.getEnumConstants())
                    .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            return "is one of " + choices;
        }
        if (target == null) {
            return "has the wrong type";
        } else if (target == String.class && mismatch instanceof InvalidFormatException) {
            return "has a character that is no text: NUL, or half of a surrogate pair";
        } else if (target == String.class) {
            return "is a string";
        } else if (target == boolean.class || target == Boolean.class) {
            return "is true or false";
        } else if (Number.class.isAssignableFrom(target) || target.isPrimitive()) {
            return "is a number";
        } else if (target == UUID.class) {
            return "is a UUID";
        } else if (target == Instant.class) {
            return "is an RFC 3339 instant";
        }
        return "has the wrong type";
    }
}
