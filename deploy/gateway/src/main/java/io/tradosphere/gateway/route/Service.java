package io.tradosphere.gateway.route;

import java.util.Locale;

/** The seven services behind the gateway. */
public enum Service {
    PROFILE,
    SIGNAL,
    SOCIAL,
    BILLING,
    COMPETITION,
    STREAMING,
    MESSAGING;

    private final String id = name().toLowerCase(Locale.ROOT) + "-service";
    private final String urlVariable = name() + "_SERVICE_URL";
    private final String componentPrefix =
            name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);

    /** The name people know it by, such as {@code profile-service}. */
    public String id() {
        return id;
    }

    /** The variable that holds its address or, with replicas, a comma separated list of them. */
    public String urlVariable() {
        return urlVariable;
    }

    /** What its OpenAPI components are prefixed with when another service uses the same name otherwise. */
    public String componentPrefix() {
        return componentPrefix;
    }
}
