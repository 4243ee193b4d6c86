package io.tradosphere.stack.postgres;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * TradoSphere's databases in one cluster. It creates and drops them and applies their roles and schemas.
 *
 * @param superuser the cluster's superuser in its maintenance database
 * @param passwords the roles' passwords, the same for the whole cluster
 */
public record Databases(Address superuser, Passwords passwords) {

    private static final String BOOTSTRAP = "bootstrap.sql";

    /**
     * Creates the database with the roles, schemas and passwords of these slices, where missing. Idempotent.
     *
     * @return the superuser's address of the database
     * @throws StackException when PostgreSQL refuses; one line
     */
    public Address prepare(String database, Collection<Slice> slices) {
        Address address = superuser.in(database);
        try (Connection cluster = superuser.connect()) {
            createIfAbsent(cluster, database);
            // Roles belong to the cluster and advisory locks to a database. All callers therefore lock in the
            // maintenance database.
            execute(cluster, "SELECT pg_advisory_lock(hashtext('tradosphere-databases'))");
            try (Connection connection = address.connect()) {
                bootstrap(connection, slices);
            }
            return address;
        } catch (SQLException e) {
            throw new StackException("Cannot prepare database " + database + ": " + e.getMessage(), e);
        }
    }

    /** Drops a database and ends its connections. */
    public void drop(String database) {
        try (Connection cluster = superuser.connect()) {
            execute(cluster, "DROP DATABASE IF EXISTS " + quoted(database) + " WITH (FORCE)");
        } catch (SQLException e) {
            throw new StackException("Cannot drop database " + database + ": " + e.getMessage(), e);
        }
    }

    private void bootstrap(Connection connection, Collection<Slice> slices) throws SQLException {
        String names = slices.stream().map(Slice::schema).collect(Collectors.joining(","));
        execute(connection, "SELECT set_config('tradosphere.slices', '" + names + "', false)");
        execute(connection, bootstrapScript());
        execute(connection, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        for (Slice slice : slices) {
            for (String role : slice.roles()) {
                execute(connection, "ALTER ROLE " + quoted(role) + " PASSWORD '" + passwords.of(role) + "'");
            }
        }
    }

    private static void createIfAbsent(Connection cluster, String database) throws SQLException {
        try (PreparedStatement exists = cluster.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            exists.setString(1, database);
            if (!exists.executeQuery().next()) {
                execute(cluster, "CREATE DATABASE " + quoted(database));
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    private static String bootstrapScript() {
        try (InputStream script = Databases.class.getResourceAsStream(BOOTSTRAP)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
