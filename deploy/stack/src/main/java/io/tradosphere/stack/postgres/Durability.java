package io.tradosphere.stack.postgres;

import java.util.ArrayList;
import java.util.List;

/** What a crash of the machine may lose. */
public enum Durability {
    /** No committed data is ever lost. */
    DURABLE(List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on")),
    /** A crash of the machine may lose everything; for fast tests. A crash of PostgreSQL alone loses nothing. */
    FAST(List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));

    private final List<String> settings;

    Durability(List<String> settings) {
        this.settings = settings;
    }

    /** What PostgreSQL is set to, {@code name=value} each, wherever it runs. */
    public List<String> serverSettings() {
        List<String> all = new ArrayList<>(List.of(
                "max_connections=300",
                "shared_buffers=128MB",
                "max_wal_size=1GB",
                "wal_level=minimal",
                "max_wal_senders=0",
                "max_prepared_transactions=0",
                "log_min_messages=warning",
                "log_line_prefix=%m [%p] %u@%d ",
                "timezone=UTC",
                "log_timezone=UTC",
                "autovacuum_naptime=10s",
                "shared_preload_libraries=pg_stat_statements"));
        all.addAll(settings);
        return all;
    }

    /** What its cluster is made with, wherever it runs. */
    public List<String> initdbOptions() {
        List<String> all = new ArrayList<>(List.of(
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        if (this == FAST) {
            all.add("--no-sync");
        }
        return all;
    }
}
