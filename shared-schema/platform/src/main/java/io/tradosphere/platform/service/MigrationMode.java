package io.tradosphere.platform.service;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When a slice's migrations are applied: the value of {@code TRADOSPHERE_MIGRATE}. */
enum MigrationMode {
    /** The service applies them when it starts. */
    AT_START("at-start", "owner", "app", "admin", "worker"),
    /** The process applies them and ends. It needs the database, as the owner, and nothing else. */
    ONLY("only", "owner"),
    /** Somebody else applies them. The service waits for them, and has no password of the owner. */
    NEVER("never", "app", "admin", "worker");

    static final String VARIABLE = "TRADOSPHERE_MIGRATE";

    private final String text;
    private final List<String> roles;

    MigrationMode(String text, String... roles) {
        this.text = text;
        this.roles = List.of(roles);
    }

    /**
     * The mode of a value.
     *
     * @param value null: the default
     * @return empty when there is no such mode
     */
    static Optional<MigrationMode> of(String value) {
        return value == null
                ? Optional.of(AT_START)
                : Arrays.stream(values())
                        .filter(mode -> mode.text.equals(value))
                        .findFirst();
    }

    /** The database roles as which the process logs in. */
    List<String> roles() {
        return roles;
    }
}
