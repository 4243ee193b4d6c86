package io.tradosphere.competition.definition;

import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import java.util.List;
import java.util.UUID;

/**
 * The filter of a competition list.
 *
 * @param status only competitions with this status; null for all
 * @param creator only competitions of this creator; null for all
 */
record CompetitionFilter(String status, UUID creator) {

    private static final List<String> STATUSES = List.of("upcoming", "active", "completed", "cancelled");

    /**
     * Parses the query parameters.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    static CompetitionFilter of(String status, String creator) {
        if (status != null && !STATUSES.contains(status)) {
            throw invalid("status", "is one of " + String.join(", ", STATUSES));
        }
        return new CompetitionFilter(status, creator == null ? null : id(creator));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw invalid("creatorId", "is a UUID");
        }
    }

    private static Problem invalid(String field, String message) {
        return ProblemKind.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
