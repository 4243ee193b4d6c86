package io.tradosphere.services;

import java.util.List;
import java.util.Locale;

/**
 * The description of a service, from the {@code service.yaml} beside its pom.
 *
 * @param name the name of the service and of its folder, such as {@code profile-service}
 * @param schema its schema in the database, which also begins the names of its roles
 * @param port its port, counted from the gateway's
 * @param routes the public path prefixes that it owns
 * @param streams the public path prefixes that it owns and whose responses are event streams
 * @param secrets the environment variables with the secrets that it needs beside the passwords of its database roles
 * @param topics the topics that it writes
 */
public record ServiceDescription(
        String name,
        String schema,
        int port,
        List<String> routes,
        List<String> streams,
        List<String> secrets,
        List<String> topics) {

    /** Copies the lists. */
    public ServiceDescription {
        routes = List.copyOf(routes);
        streams = List.copyOf(streams);
        secrets = List.copyOf(secrets);
        topics = List.copyOf(topics);
    }

    /** The beginning of the names of its variables, such as {@code PROFILE_SERVICE}. */
    public String variable() {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The variable with its address. With replicas it is a comma-separated list. */
    public String urlVariable() {
        return variable() + "_URL";
    }
}
