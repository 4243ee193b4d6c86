package io.tradosphere.test.schema;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.postgres.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with one slice's migrations in it, beside that of any running service. */
public final class MigratedDatabase implements AutoCloseable {

    private static final String ALL_LOCATIONS = "db/platform,db/people,db/migration";

    private final Slice slice;
    private final TestDatabase database;
    private final List<String> locations;
    private final Flyway flyway;

    private MigratedDatabase(Slice slice, TestDatabase database, List<String> locations) {
        this.slice = slice;
        this.database = database;
        this.locations = locations;
        Address owner = database.as(slice, Slice.Role.OWNER);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(owner.jdbcUrl());
        source.setUser(owner.user());
        source.setPassword(owner.password());
        this.flyway = Flyway.configure(Thread.currentThread().getContextClassLoader())
                .dataSource(source)
                .defaultSchema(slice.schema())
                .schemas(slice.schema())
                .createSchemas(false)
                .locations(locations.stream()
                        .map(location -> "classpath:" + location)
                        .toArray(String[]::new))
                .placeholders(Map.of("slice", slice.schema()))
                .load();
    }

    /** Makes one for the slice of the module under test, with every migration applied. */
    public static MigratedDatabase ofTheModuleUnderTest() {
        Properties module = new Properties();
        try (InputStream file = resource("application.properties")) {
            module.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Slice slice = Slice.named(module.getProperty("tradosphere.slice"));
        String locations = module.getProperty("quarkus.flyway.owner.locations", ALL_LOCATIONS);
        MigratedDatabase made = new MigratedDatabase(
                slice, TestStack.get().newDatabase(slice), Arrays.asList(locations.split(",", -1)));
        made.up();
        return made;
    }

    /** Whose migrations are in it. */
    public Slice slice() {
        return slice;
    }

    /** Applies every migration that is not in it. */
    public void up() {
        flyway.migrate();
    }

    /** Undoes every migration, the last one first, as the schema's owner. */
    public void down() throws SQLException {
        List<MigrationInfo> applied =
                new ArrayList<>(Arrays.asList(flyway.info().applied()));
        Collections.reverse(applied);
        try (Connection owner = as(Slice.Role.OWNER);
                Statement statement = owner.createStatement()) {
            for (MigrationInfo migration : applied) {
                statement.execute(undo(migration));
                statement.execute(
                        "DELETE FROM flyway_schema_history WHERE installed_rank = " + migration.getInstalledRank());
            }
        }
    }

    /** The scripts of the migrations in it, in the order in which they were applied. */
    public List<String> scripts() {
        return Arrays.stream(flyway.info().applied())
                .map(MigrationInfo::getScript)
                .toList();
    }

    /** Whether the migration of that script has an undo beside it. */
    public boolean hasUndo(String script) {
        return locations.stream().anyMatch(location -> resource(location + "/" + undoOf(script)) != null);
    }

    /** A session as one of the slice's roles. */
    public Connection as(Slice.Role role) throws SQLException {
        return database.as(slice, role).connect();
    }

    /** A session as the superuser, whom no policy binds. */
    public Connection asSuperuser() throws SQLException {
        return database.superuser().connect();
    }

    @Override
    public void close() {
        database.close();
    }

    private String undo(MigrationInfo migration) {
        String undo = undoOf(migration.getScript());
        for (String location : locations) {
            try (InputStream file = resource(location + "/" + undo)) {
                if (file != null) {
                    return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("${slice}", slice.schema());
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        throw new AssertionError("There is no " + undo + " beside " + migration.getScript());
    }

    private static String undoOf(String script) {
        return "U" + script.substring(script.lastIndexOf('/') + 2);
    }

    private static InputStream resource(String name) {
        return Thread.currentThread().getContextClassLoader().getResourceAsStream(name);
    }
}
