package io.tradosphere.platform.identity;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import java.util.UUID;

/**
 * Who asks, and on account of which request.
 *
 * @param id the caller's profile id, whether or not that profile exists yet
 * @param platformAdmin whether the token carries the role {@code platform-admin}
 * @param traceparent the W3C trace context of the request, handed on to whatever it causes
 */
public record Caller(UUID id, boolean platformAdmin, String traceparent) {

    /**
     * Lets only a platform-admin pass.
     *
     * @throws Problem {@code admin-only} (403)
     */
    public Caller asAdmin() {
        if (!platformAdmin) {
            throw Problems.ADMIN_ONLY.because("This call is for the role platform-admin.");
        }
        return this;
    }
}
