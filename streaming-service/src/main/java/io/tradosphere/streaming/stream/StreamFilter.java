package io.tradosphere.streaming.stream;

import io.tradosphere.contracts.streaming.StreamCategory;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The filter of a list of streams; a null component matches all.
 *
 * @param status {@code live}, {@code ended} or {@code error}
 * @param category {@code ts_journal}, {@code competition} or {@code analysis}
 * @param creator the creator's profile id
 */
record StreamFilter(String status, String category, UUID creator) {

    private static final List<String> STATUSES = List.of("live", "ended", "error");
    private static final List<String> CATEGORIES =
            Arrays.stream(StreamCategory.values()).map(EnumText::of).toList();
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /**
     * Reads the query parameters.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    static StreamFilter of(String status, String category, String creator) {
        return new StreamFilter(
                oneOf("status", status, STATUSES), oneOf("category", category, CATEGORIES), creator(creator));
    }

    private static String oneOf(String field, String text, List<String> choices) {
        if (text != null && !choices.contains(text)) {
            throw invalid(field, "is one of " + String.join(", ", choices));
        }
        return text;
    }

    private static UUID creator(String text) {
        if (text != null && !ID.matcher(text).matches()) {
            throw invalid("creatorId", "is the id of a profile, a UUID");
        }
        return text == null ? null : UUID.fromString(text);
    }

    private static Problem invalid(String field, String message) {
        return ProblemKind.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
