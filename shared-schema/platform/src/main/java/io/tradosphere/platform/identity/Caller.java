package io.tradosphere.platform.identity;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import java.util.UUID;

/**
 * The authenticated caller of a request.
 *
 * @param id the caller's profile id; the profile may not exist yet
 * @param platformAdmin whether the token carries the role {@code platform-admin}
 * @param traceparent the request's W3C trace context, passed on to the events it causes
 */
public record Caller(UUID id, boolean platformAdmin, String traceparent) {

    /**
     * Requires the role {@code platform-admin}.
     *
     * @throws Problem {@code admin-only} (403)
     */
    public Caller asAdmin() {
        if (!platformAdmin) {
            throw ProblemKind.ADMIN_ONLY.because("This operation requires the role platform-admin.");
        }
        return this;
    }
}
