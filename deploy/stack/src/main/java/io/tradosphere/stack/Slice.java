package io.tradosphere.stack;

import io.tradosphere.services.InvalidDescriptionException;
import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A slice: a service, its schema and four roles. Which there are say the services' descriptions. The constants are the slices that
 * tools and tests mention by name.
 *
 * @param schema the name of the slice and of its schema
 */
public record Slice(String schema) {

    /** Profiles and their counts. */
    public static final Slice PROFILE = new Slice("profile");

    /** Signals, trades, watchlists. */
    public static final Slice SIGNAL = new Slice("signal");

    /** Follows, blocks, clans. */
    public static final Slice SOCIAL = new Slice("social");

    /** Messages and notifications. */
    public static final Slice MESSAGING = new Slice("messaging");

    /** The kinds of database roles in each slice. */
    public enum Role {
        /** Runs migrations and owns the schema. */
        OWNER,
        /** Serves requests of users. */
        APP,
        /** Runs the commands of a platform-admin. */
        ADMIN,
        /** The relay and the consumers. */
        WORKER;

        /** The role name's suffix, in lower case. */
        public String suffix() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * All slices, in the order of their ports.
     *
     * @throws StackException when a service is described wrongly; one line
     */
    public static Slice[] values() {
        return descriptions().stream()
                .map(service -> new Slice(service.schema()))
                .toArray(Slice[]::new);
    }

    /**
     * The slice of this name, with or without {@code -service}.
     *
     * @throws StackException when there is none; the message lists all names
     */
    public static Slice named(String name) {
        return descriptions().stream()
                .filter(service ->
                        service.schema().equals(name) || service.name().equals(name))
                .map(service -> new Slice(service.schema()))
                .findFirst()
                .orElseThrow(() -> new StackException("Unknown slice '" + name + "'. Choose one of: "
                        + Arrays.stream(values()).map(Slice::schema).collect(Collectors.joining(", ")) + "."));
    }

    /** The description of its service. */
    public ServiceDescription description() {
        return descriptions().stream()
                .filter(service -> service.schema().equals(schema))
                .findFirst()
                .orElseThrow(() -> new StackException("No service has the schema " + schema + "."));
    }

    /** The name of the service and of its folder, such as {@code profile-service}. */
    public String service() {
        return description().name();
    }

    /** The beginning of the names of its service's variables, such as {@code PROFILE_SERVICE}. */
    public String variable() {
        return description().variable();
    }

    /** The name of a database role, such as {@code profile_app}. */
    public String role(Role role) {
        return schema + "_" + role.suffix();
    }

    /** The names of all its database roles. */
    public List<String> roles() {
        return Stream.of(Role.values()).map(this::role).toList();
    }

    @Override
    public String toString() {
        return schema;
    }

    private static List<ServiceDescription> descriptions() {
        try {
            return Services.all();
        } catch (InvalidDescriptionException wrong) {
            throw new StackException(wrong.getMessage(), wrong);
        }
    }
}
