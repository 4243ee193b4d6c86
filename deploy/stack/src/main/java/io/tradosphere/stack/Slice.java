package io.tradosphere.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The seven slices: a service, its schema and its four roles each. */
public enum Slice {
    /** Who people are, and what they count. */
    PROFILE,
    /** Signals, trades, watchlists. */
    SIGNAL,
    /** Follows, blocks, clans. */
    SOCIAL,
    /** Subscriptions, tiers and the legends pool. */
    BILLING,
    /** Competitions and their leaderboards. */
    COMPETITION,
    /** Live streams. */
    STREAMING,
    /** Messages and notifications. */
    MESSAGING;

    /** The kinds of roles each slice has in the database. */
    public enum Role {
        /** Runs migrations and owns the schema. */
        OWNER,
        /** Serves requests of people. */
        APP,
        /** Runs the commands of a platform-admin. */
        ADMIN,
        /** The relay and the consumers. */
        WORKER;

        /** The name in lower case, as it ends a role's name. */
        public String suffix() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The slice's name and its schema's. */
    public String schema() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The service's name, and its folder's: {@code profile-service}. */
    public String service() {
        return schema() + "-service";
    }

    /** The name of one of its database roles: {@code profile_app}. */
    public String role(Role role) {
        return schema() + "_" + role.suffix();
    }

    /** The names of all its database roles. */
    public List<String> roles() {
        return Stream.of(Role.values()).map(this::role).toList();
    }

    /**
     * The slice of this name, with or without {@code -service}.
     *
     * @throws StackException when there is none; the message lists those there are
     */
    public static Slice named(String name) {
        return Arrays.stream(values())
                .filter(slice -> slice.schema().equals(name) || slice.service().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException("There is no slice '" + name + "'; there are "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Slice::schema).toList())
                        + "."));
    }
}
