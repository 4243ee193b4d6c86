package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** Maps Jackson's exceptions to problems, in plain words without class names. */
final class JsonErrors {

    private JsonErrors() {}

    static Problem problem(JsonProcessingException error) {
        if (error instanceof StreamConstraintsException) {
            return ProblemKind.MALFORMED_BODY.because(
                    "The body has too many values, nests too deeply, or has too long a name or text, or too large a number.");
        }
        if (error instanceof UnrecognizedPropertyException unknown) {
            return ProblemKind.INVALID_REQUEST.because(
                    "The body has an unknown field.",
                    List.of(new Violation(path(unknown), "is not a field of this request")));
        }
        if (error instanceof MismatchedInputException mismatch) {
            if (mismatch.getPath().isEmpty()) {
                return ProblemKind.MALFORMED_BODY.because("The body is not the expected JSON object.");
            }
            return ProblemKind.INVALID_REQUEST.because(
                    "A field has a value of the wrong type.",
                    List.of(new Violation(path(mismatch), expected(mismatch))));
        }
        if (error instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return ProblemKind.INVALID_REQUEST.because(
                    "A field cannot be read.", List.of(new Violation(path(mapping), "cannot be read")));
        }
        return ProblemKind.MALFORMED_BODY.because("The body is not valid JSON.");
    }

    private static String path(JsonMappingException error) {
        return error.getPath().stream()
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
            return "contains NUL or half of a surrogate pair";
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
