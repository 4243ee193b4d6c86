package io.tradosphere.test.schema;

import io.tradosphere.platform.migration.Migrations;
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
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** A database with one slice's migrations, separate from any running service. */
public final class MigratedDatabase implements AutoCloseable {

    private final Slice slice;
    private final TestDatabase database;
    private final Migrations migrations;
    private final Flyway flyway;

    private MigratedDatabase(Migrations migrations, TestDatabase database) {
        this.slice = Slice.named(migrations.slice());
        this.database = database;
        this.migrations = migrations;
        Address owner = database.as(slice, Slice.Role.OWNER);
        this.flyway = migrations.flyway(owner.urlWithoutUser(), owner.user(), owner.password());
    }

    /** Creates one for the slice of the module under test, with all migrations applied. */
    public static MigratedDatabase ofTheModuleUnderTest() {
        return ofTheModuleUnderTest(List.of());
    }

    /**
     * Creates one for the slice of the module under test, in a database that holds other slices too.
     *
     * @param neighbours their roles and schemas exist; their schemas are empty
     */
    static MigratedDatabase ofTheModuleUnderTest(List<Slice> neighbours) {
        Migrations migrations = Migrations.ofTheService(Thread.currentThread().getContextClassLoader());
        List<Slice> slices = new ArrayList<>(neighbours);
        slices.add(Slice.named(migrations.slice()));
        MigratedDatabase migrated =
                new MigratedDatabase(migrations, TestStack.get().newDatabase(slices.toArray(Slice[]::new)));
        migrated.up();
        return migrated;
    }

    /** Another slice in the same database, with the platform's tables alone. */
    MigratedDatabase neighbour(Slice neighbour) {
        MigratedDatabase migrated = new MigratedDatabase(migrations.ofThePlatform(neighbour.schema()), database);
        migrated.up();
        return migrated;
    }

    /** The slice whose migrations it has. */
    public Slice slice() {
        return slice;
    }

    /** Applies all pending migrations. */
    public void up() {
        flyway.migrate();
    }

    /** Undoes all migrations as the schema's owner, latest first. */
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

    /** The scripts of the applied migrations, in order. */
    public List<String> scripts() {
        return Arrays.stream(flyway.info().applied())
                .map(MigrationInfo::getScript)
                .toList();
    }

    /** Whether a migration's script has an undo script beside it. */
    public boolean hasUndo(String script) {
        return migrations.folders().stream().anyMatch(location -> resource(location + "/" + undoOf(script)) != null);
    }

    /** Connects as one of the slice's roles. */
    public Connection as(Slice.Role role) throws SQLException {
        return database.as(slice, role).connect();
    }

    /** Connects as the superuser, who bypasses policies. */
    public Connection asSuperuser() throws SQLException {
        return database.superuser().connect();
    }

    @Override
    public void close() {
        database.close();
    }

    private String undo(MigrationInfo migration) {
        String undo = undoOf(migration.getScript());
        for (String location : migrations.folders()) {
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
