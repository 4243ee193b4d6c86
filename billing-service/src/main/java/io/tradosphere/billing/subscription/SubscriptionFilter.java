package io.tradosphere.billing.subscription;

import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The filter of a list of subscriptions.
 *
 * @param asCreator whether the caller is the creator of the listed subscriptions, not their subscriber
 * @param status null for every status
 */
record SubscriptionFilter(boolean asCreator, String status) {

    private static final List<String> ROLES = List.of("subscriber", "creator");
    private static final List<String> STATUSES = List.of("active", "cancelled", "past_due", "unpaid");

    /**
     * Reads the query parameters.
     *
     * @param role null for subscriber
     * @param status null for every status
     * @throws Problem {@code invalid-request} (400)
     */
    static SubscriptionFilter of(String role, String status) {
        List<Violation> violations = new ArrayList<>();
        if (role != null && !ROLES.contains(role)) {
            violations.add(new Violation("role", "is one of " + String.join(", ", ROLES)));
        }
        if (status != null && !STATUSES.contains(status)) {
            violations.add(new Violation("status", "is one of " + String.join(", ", STATUSES)));
        }
        if (!violations.isEmpty()) {
            throw ProblemKind.INVALID_REQUEST.because("The request has invalid parameters.", violations);
        }
        return new SubscriptionFilter("creator".equals(role), status);
    }
}
