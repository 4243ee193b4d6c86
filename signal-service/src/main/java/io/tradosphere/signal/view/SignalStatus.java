package io.tradosphere.signal.view;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import java.util.List;

/** What a signal can come to. */
public final class SignalStatus {

    /** Undecided yet. */
    public static final String ACTIVE = "active";

    /** All of them. */
    public static final List<String> ALL = List.of(ACTIVE, "hit", "miss", "cancelled");

    private static final String MESSAGE = "is one of " + String.join(", ", ALL);

    private SignalStatus() {}

    /**
     * Reads the query parameter {@code status} of a list; null lets all pass.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    public static String filter(String status) {
        if (status != null && !ALL.contains(status)) {
            throw Problems.INVALID_REQUEST.because(
                    "status " + MESSAGE + ".", List.of(new Violation("status", MESSAGE)));
        }
        return status;
    }
}
