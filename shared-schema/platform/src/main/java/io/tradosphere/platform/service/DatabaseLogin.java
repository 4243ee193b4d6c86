package io.tradosphere.platform.service;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A trial login of each database role that the service needs, before Quarkus starts. A database that cannot be reached yet is
 * waited for. A login that the database refuses is an error of configuration, and waiting would not mend it.
 */
final class DatabaseLogin {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration REMINDER = Duration.ofSeconds(15);
    private static final String SECONDS_TO_CONNECT = "5";

    /** SQLSTATEs: wrong password, role that may not log in, database that does not exist, no right to connect to it. */
    private static final Set<String> REFUSALS = Set.of("28P01", "28000", "3D000", "42501");

    private final String url;
    private final Map<String, Role> roles = new LinkedHashMap<>();

    /**
     * The logins of a slice.
     *
     * @param url {@code postgresql://host:port/database}
     * @param slice the slice's name, the stem of its roles' names
     * @param kinds the roles to log in, such as {@code app}
     * @param environment the passwords, by variable
     */
    DatabaseLogin(String url, String slice, List<String> kinds, Map<String, String> environment) {
        this.url = url;
        for (String kind : kinds) {
            String variable = passwordOf(kind);
            roles.put(slice + "_" + kind, new Role(variable, environment.get(variable)));
        }
    }

    /** The variable with the password of a role, such as {@code app}. */
    static String passwordOf(String kind) {
        return "TRADOSPHERE_DB_" + kind.toUpperCase(Locale.ROOT) + "_PASSWORD";
    }

    /**
     * Waits until every role has logged in.
     *
     * @return the first refusal with its remedy, in one line; empty when all roles can log in, each in sessions of its own
     */
    Optional<String> refusal() throws InterruptedException {
        for (Map.Entry<String, Role> role : roles.entrySet()) {
            Optional<String> refusal = refusal(role.getKey(), role.getValue());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> refusal(String name, Role role) throws InterruptedException {
        Properties login = new Properties();
        login.setProperty("user", name);
        login.setProperty("password", role.password());
        login.setProperty("connectTimeout", SECONDS_TO_CONNECT);
        login.setProperty("loginTimeout", SECONDS_TO_CONNECT);
        login.setProperty("socketTimeout", SECONDS_TO_CONNECT);
        long nextReminder = System.nanoTime();
        while (true) {
            try (Connection one = DriverManager.getConnection("jdbc:" + url, login);
                    Connection other = DriverManager.getConnection("jdbc:" + url, login)) {
                return Sessions.areShared(one, other) ? Optional.of(sharedSessions()) : Optional.empty();
            } catch (SQLException failure) {
                if (failure.getSQLState() != null && REFUSALS.contains(failure.getSQLState())) {
                    return Optional.of(
                            "the database refuses the login of " + name + " (" + oneLine(failure) + "); check "
                                    + role.variable() + " and TRADOSPHERE_DB_URL, and that bootstrap.sql has run.");
                }
                if (System.nanoTime() - nextReminder >= 0) {
                    System.err.println("Waiting for the database at " + url + ": " + oneLine(failure));
                    nextReminder = System.nanoTime() + REMINDER.toNanos();
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    private String sharedSessions() {
        return "a connection pooler at " + url
                + " shares sessions between transactions, and prepared statements, LISTEN and"
                + " migrations need sessions of their own; set its pool_mode to session, or connect to PostgreSQL directly.";
    }

    private static String oneLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private record Role(String variable, String password) {}
}
