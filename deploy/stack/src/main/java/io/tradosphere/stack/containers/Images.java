package io.tradosphere.stack.containers;

/** The container images that are started, each pinned by its tag. */
public final class Images {

    /** PostgreSQL, of the major version that the embedded one has. */
    public static final String POSTGRES = "postgres:18";

    /** Kafka, of the version that the embedded one has ({@code kafka.server.version} in the parent POM). */
    public static final String KAFKA = "apache/kafka:4.1.2";

    /** Keycloak. */
    public static final String KEYCLOAK = "quay.io/keycloak/keycloak:26.7.4";

    private Images() {}
}
