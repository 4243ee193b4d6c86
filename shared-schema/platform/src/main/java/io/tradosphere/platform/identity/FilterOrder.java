package io.tradosphere.platform.identity;

import jakarta.ws.rs.Priorities;

/** The order in which the platform's request filters run, lowest first. */
public final class FilterOrder {

    /** Who is calling; everything after may ask. */
    public static final int IDENTITY = Priorities.AUTHENTICATION;

    /** What a service does with every identified request. */
    public static final int AFTER_IDENTITY = Priorities.AUTHORIZATION;

    private FilterOrder() {}
}
