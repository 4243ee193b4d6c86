package io.tradosphere.cli.db;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** A migration runner for one slice's schema. It runs as the schema's owner, as the service does. */
final class Schema {

    private static final String HISTORY = "flyway_schema_history";

    private final Checkout checkout;
    private final Slice slice;
    private final Address owner;

    /**
     * @param checkout the clone with the migrations
     * @param owner the database address as the slice's owner
     */
    Schema(Checkout checkout, Slice slice, Address owner) {
        this.checkout = checkout;
        this.slice = slice;
        this.owner = owner;
    }

    /** Applies the pending migrations and returns how many there were. */
    int migrate() {
        return attempt(() -> flyway().migrate().migrationsExecuted);
    }

    /** Every migration with its state, in order. */
    List<MigrationInfo> info() {
        return attempt(() -> Arrays.asList(flyway().info().all()));
    }

    /** Drops everything in the schema and migrates it again. */
    int reset() {
        return attempt(() -> {
            flyway().clean();
            return flyway().migrate().migrationsExecuted;
        });
    }

    /**
     * Reverts the last migration. The undo file and the deletion of its history row share one transaction.
     *
     * @return the file that was reverted
     * @throws StackException when no migration is applied, or the last one has no undo file; one line
     */
    String down() {
        MigrationInfo[] applied = attempt(() -> flyway().info().applied());
        if (applied.length == 0) {
            throw new StackException("No migration is applied to " + slice.schema() + ", so there is nothing to undo.");
        }
        MigrationInfo last = applied[applied.length - 1];
        // A service records the file name with its folder.
        String script = last.getScript().substring(last.getScript().lastIndexOf('/') + 1);
        String undo = "U" + script.substring(1);
        Path file = folders().stream()
                .map(folder -> folder.resolve(undo))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new StackException(
                        script + " has no undo file " + undo + " beside it, so it cannot be undone."));
        try (Connection connection = owner.connect()) {
            connection.setAutoCommit(false);
            undo(connection, Files.readString(file), last);
            connection.commit();
            return script;
        } catch (SQLException | IOException e) {
            throw new StackException(undo + " failed and changed nothing: " + e.getMessage(), e);
        }
    }

    private void undo(Connection connection, String script, MigrationInfo last) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script.replace("${slice}", slice.schema()));
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + slice.schema() + "." + HISTORY + " WHERE installed_rank = ?")) {
            delete.setInt(1, last.getInstalledRank());
            if (delete.executeUpdate() != 1) {
                throw new SQLException("the history of " + slice.schema() + " changed concurrently");
            }
        }
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                .defaultSchema(slice.schema())
                .schemas(slice.schema())
                .createSchemas(false)
                .cleanDisabled(false)
                // As the services do.
                .outOfOrder(true)
                .placeholders(Map.of("slice", slice.schema()))
                .locations(
                        folders().stream().map(folder -> "filesystem:" + folder).toArray(String[]::new))
                .load();
    }

    /**
     * The folders that the service's configuration lists. The platform's migrations are the same files for all
     * services.
     */
    private List<Path> folders() {
        Path resources = checkout.resolve(slice.service()).resolve("src/main/resources");
        Path platform = checkout.resolve("shared-schema/platform/src/main/resources");
        Properties configuration = new Properties();
        try (Reader reader = Files.newBufferedReader(resources.resolve("application.properties"))) {
            configuration.load(reader);
        } catch (IOException e) {
            throw new StackException("Cannot read the configuration of " + slice.service() + ": " + e.getMessage(), e);
        }
        String locations = configuration.getProperty("tradosphere.migrations", "db/platform,db/profiles,db/migration");
        return Arrays.stream(locations.split(",", -1))
                .map(String::strip)
                .map(location -> Files.isDirectory(platform.resolve(location))
                        ? platform.resolve(location)
                        : resources.resolve(location))
                .filter(Files::isDirectory)
                .toList();
    }

    private <T> T attempt(Supplier<T> work) {
        try {
            return work.get();
        } catch (FlywayException e) {
            throw new StackException(
                    "Migrations of " + slice.schema() + ": "
                            + String.join(" ", e.getMessage().strip().split("\\s*\\R\\s*", -1)),
                    e);
        }
    }
}
