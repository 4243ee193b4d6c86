package io.tradosphere.platform.service;

import io.tradosphere.platform.migration.Migrations;
import io.tradosphere.platform.migration.SchemaState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema at a service's start: migrated by the service, or awaited. See docs/adr/0040. */
final class SchemaStart {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration REMINDER = Duration.ofSeconds(15);
    private static final String NO_GRANT = "42501";

    private final Migrations migrations;
    private final String url;
    private final Map<String, String> environment;

    SchemaStart(Migrations migrations, String url, Map<String, String> environment) {
        this.migrations = migrations;
        this.url = url;
        this.environment = environment;
    }

    /**
     * Applies what is missing, as the owner.
     *
     * @param verbose whether to say that nothing was missing
     * @return the reason why this version cannot use the schema, in one line; empty when it can
     * @throws FlywayException when a migration fails
     */
    Optional<String> migrate(boolean verbose) {
        Flyway flyway = as("owner");
        if (Migrations.state(flyway) instanceof SchemaState.TooNew tooNew) {
            return Optional.of(refusal(tooNew));
        }
        int applied = flyway.migrate().migrationsExecuted;
        if (applied > 0 || verbose) {
            System.out.println("The schema " + migrations.slice() + " is up to date: " + applied
                    + (applied == 1 ? " migration" : " migrations") + " applied.");
        }
        return Optional.empty();
    }

    /**
     * Waits, as the worker, until somebody has applied what is missing.
     *
     * @return the reason why this version cannot use the schema, in one line; empty when it can
     */
    Optional<String> await() throws InterruptedException {
        Flyway flyway = as("worker");
        long nextReminder = System.nanoTime();
        while (true) {
            String missing;
            try {
                SchemaState state = Migrations.state(flyway);
                if (state instanceof SchemaState.TooNew tooNew) {
                    return Optional.of(refusal(tooNew));
                }
                if (!(state instanceof SchemaState.Older older)) {
                    return Optional.empty();
                }
                missing = older.missing().size() + " to apply, from "
                        + older.missing().get(0);
            } catch (FlywayException failure) {
                // Before its first migration by a version that grants it, the history can't be read.
                missing = isWithoutGrant(failure) ? "its history is not granted to the worker" : oneLine(failure);
            }
            if (System.nanoTime() - nextReminder >= 0) {
                System.err.println("Waiting for the migrations of the schema " + migrations.slice() + " (" + missing
                        + "): start this version once with TRADOSPHERE_MIGRATE=only.");
                nextReminder = System.nanoTime() + REMINDER.toNanos();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    /** What went wrong, in one line: Flyway's first one, which names the script, and the database's. */
    static String oneLine(FlywayException failure) {
        String script = firstLine(failure);
        return sqlCause(failure).map(cause -> script + ": " + firstLine(cause)).orElse(script);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
    }

    private Flyway as(String kind) {
        return migrations.flyway(url, migrations.slice() + "_" + kind, environment.get(DatabaseLogin.passwordOf(kind)));
    }

    private String refusal(SchemaState.TooNew tooNew) {
        return "the schema " + migrations.slice() + " is too new for this version: " + tooNew.contraction()
                + " took away what a version without migration " + tooNew.needed() + " uses. Start a newer version.";
    }

    private static boolean isWithoutGrant(Throwable failure) {
        return sqlCause(failure)
                .filter(refused -> NO_GRANT.equals(refused.getSQLState()))
                .isPresent();
    }

    private static Optional<SQLException> sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }
}
