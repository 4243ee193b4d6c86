package io.tradosphere.signal.view;

import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import java.util.List;

/** The statuses of a signal. */
public final class SignalStatus {

    /** Not resolved yet. */
    public static final String ACTIVE = "active";

    /** All statuses. */
    public static final List<String> ALL = List.of(ACTIVE, "hit", "miss", "cancelled");

    private static final String MESSAGE = "is one of " + String.join(", ", ALL);

    private SignalStatus() {}

    /**
     * Reads the query parameter {@code status} of a list; null matches all.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    public static String filter(String status) {
        if (status != null && !ALL.contains(status)) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "status " + MESSAGE + ".", List.of(new Violation("status", MESSAGE)));
        }
        return status;
    }
}
