package io.tradosphere.stack.postgres;

import java.util.List;

/** What a crash of the machine may cost. */
public enum Durability {
    /** Nothing that was committed is ever lost. */
    DURABLE(List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on")),
    /** A crash of the machine may lose everything: for quick tests. A crash of PostgreSQL alone still loses nothing. */
    FAST(List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));

    private final List<String> settings;

    Durability(List<String> settings) {
        this.settings = settings;
    }

    List<String> settings() {
        return settings;
    }
}
