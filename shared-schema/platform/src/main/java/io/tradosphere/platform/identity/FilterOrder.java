package io.tradosphere.platform.identity;

import jakarta.ws.rs.Priorities;

/** Priorities of the platform's request filters; the lowest runs first. */
public final class FilterOrder {

    /** Authentication. Later filters can read the caller. */
    public static final int IDENTITY = Priorities.AUTHENTICATION;

    /** Checks of what the matched resource method declares. They run before the body is read. */
    public static final int REQUEST_CHECKS = IDENTITY + 1;

    /** A service's own filters for authenticated requests. */
    public static final int AFTER_IDENTITY = Priorities.AUTHORIZATION;

    private FilterOrder() {}
}
