package io.tradosphere.test.defect;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database with the seed's unchanged schema, the objects that Supabase supplies, and the checks' profiles. */
public final class SeedDatabase {

    private static SeedDatabase instance;

    private final TestDatabase database;

    private SeedDatabase(TestDatabase database) {
        this.database = database;
    }

    /** The only instance in this JVM, created at the first call and dropped at shutdown. */
    public static synchronized SeedDatabase get() {
        if (instance == null) {
            TestDatabase database = TestStack.get().newDatabase(Slice.PROFILE);
            Runtime.getRuntime().addShutdownHook(new Thread(database::close, "drop the seed's database"));
            instance = new SeedDatabase(database);
            instance.fill();
        }
        return instance;
    }

    /** Connects as the tables' owner, a superuser. */
    public Connection connect() throws SQLException {
        return database.superuser().connect();
    }

    private void fill() {
        try (Connection owner = connect();
                Statement statement = owner.createStatement()) {
            statement.execute("DROP SCHEMA auth CASCADE");
            for (String script : List.of("supabase-prelude.sql", "seed.sql")) {
                statement.execute(script(script));
            }
            for (String name : Persons.TIERS.keySet()) {
                statement.execute("INSERT INTO auth.users (id) VALUES ('" + Persons.id(name) + "')");
                statement.execute("INSERT INTO profiles (id, username, tier) VALUES ('" + Persons.id(name) + "', '"
                        + name + "', '" + Persons.TIERS.get(name) + "')");
            }
        } catch (SQLException refused) {
            throw new AssertionError("The seed's DDL cannot be run", refused);
        }
    }

    private static String script(String name) {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream("seed/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
