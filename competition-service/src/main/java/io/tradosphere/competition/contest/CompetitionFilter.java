package io.tradosphere.competition.contest;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import java.util.List;
import java.util.UUID;

/**
 * Which competitions a list shows.
 *
 * @param status only those of this status; null for all
 * @param creator only those of this person; null for all
 */
record CompetitionFilter(String status, UUID creator) {

    private static final List<String> STATUSES = List.of("upcoming", "active", "completed", "cancelled");

    /**
     * Reads the query parameters.
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
        } catch (IllegalArgumentException other) {
            throw invalid("creatorId", "is a UUID");
        }
    }

    private static Problem invalid(String field, String message) {
        return Problems.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
